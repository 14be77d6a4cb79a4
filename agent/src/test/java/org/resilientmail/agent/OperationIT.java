package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import legacyapp.LegacyApp;
import legacyapp.UndeployedApp;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** What those see who operate an application that has the agent, and what they do not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationIT {

    private static final String SENT = "=sent;sent;sent;sent;sent";

    @TempDir
    private Path directory;

    private AppJvm.Ended send(
            AppJvm jvm, Class<?> application, MailVersion version, Trouble trouble, String... settings)
            throws Exception {
        Path config = Files.write(directory.resolve("resilient-mail.properties"), List.of(settings));
        try (ScriptedSmtpServer server = trouble.server(false)) {
            return jvm.agent(config.toString())
                    .run(
                            "-cp",
                            version.classPathFor(application),
                            application.getName(),
                            "SEND:" + trouble + ":" + server.port());
        }
    }

    private AppJvm.Ended send(Trouble trouble, String... settings) throws Exception {
        return send(new AppJvm(), LegacyApp.class, MailVersion.ANGUS_2_0_5, trouble, settings);
    }

    @ParameterizedTest
    @EnumSource(
            value = MailVersion.class,
            names = {"JAVAMAIL_1_4_7", "JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_summary_is_one_line_on_stderr_at_the_end(MailVersion version) throws Exception {
        AppJvm.Ended ended =
                send(new AppJvm(), LegacyApp.class, version, Trouble.RCPT_550, "mail.resilient.summary=true");

        assertThat(ended.out()).hasSize(1);
        assertThat(ended.err()).hasSize(2);
        assertThat(ended.err().get(1))
                .isEqualTo("resilient-mail: accepted 4 envelopes for 4 recipients, failed 1 (RECIPIENT_REJECTED 1),"
                        + " uncertain 0, tried again 0, sessions 1");
    }

    @Test
    void doubt_is_counted_by_itself() throws Exception {
        AppJvm.Ended ended = send(Trouble.DOT_RESET, "mail.resilient.summary=true");

        assertThat(ended.err().get(1)).contains("accepted 4 envelopes", "failed 0, uncertain 1,");
    }

    @Test
    void a_log_tells_every_message_and_its_end() throws Exception {
        Path log = directory.resolve("mail.log");

        AppJvm.Ended ended = send(
                Trouble.RCPT_550,
                "mail.resilient.log=" + log,
                "mail.resilient.log.level=debug",
                "mail.resilient.summary=true");

        assertThat(ended.err()).as("the summary goes to the log").hasSize(1);
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains(" accepted: message-id=<"))
                .anyMatch(line -> line.contains(" ERROR ") && line.contains(" failed: kind=RECIPIENT_REJECTED"))
                .anyMatch(line -> line.contains(" summary: accepted 4 envelopes"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void a_log_that_cannot_be_written_is_one_line_and_no_harm() throws Exception {
        AppJvm.Ended ended = send(Trouble.NONE, "mail.resilient.log=" + directory);

        assertThat(ended.out()).containsExactly("SEND:NONE" + SENT);
        assertThat(ended.err()).hasSize(2);
        assertThat(ended.err().get(1)).startsWith("resilient-mail agent: the log " + directory + " cannot be written");
    }

    @Test
    void a_summary_whose_log_cannot_be_written_goes_to_stderr() throws Exception {
        AppJvm.Ended ended = send(Trouble.NONE, "mail.resilient.log=" + directory, "mail.resilient.summary=true");

        assertThat(ended.err()).hasSize(3);
        assertThat(ended.err().get(2)).startsWith("resilient-mail: accepted 5 envelopes for 5 recipients");
    }

    @Test
    void management_is_loaded_by_the_first_send_and_only_with_the_key() throws Exception {
        AppJvm.Ended without =
                send(new AppJvm().option("-Xlog:class+load"), LegacyApp.class, MailVersion.ANGUS_2_0_5, Trouble.NONE);
        AppJvm.Ended with = send(
                new AppJvm().option("-Xlog:class+load"),
                LegacyApp.class,
                MailVersion.ANGUS_2_0_5,
                Trouble.NONE,
                "mail.resilient.jmx=true");

        assertThat(without.out())
                .contains("SEND:NONE" + SENT)
                .noneMatch(line -> line.contains(" javax.management.MBeanServer "));
        assertThat(with.out().stream().takeWhile(line -> !line.contains(" org.resilientmail.smtp.TransferResult ")))
                .as("until the first transfer has ended")
                .hasSizeLessThan(with.out().size())
                .noneMatch(line -> line.contains(" javax.management."));
        assertThat(with.out())
                .contains("SEND:NONE" + SENT)
                .anyMatch(line -> line.contains(" javax.management.MBeanServer "))
                .anyMatch(line -> line.contains(" org.resilientmail.ops.OperationBean "));
        assertThat(with.err()).hasSize(1);
    }

    @Test
    void no_logging_is_begun_that_the_application_did_not_begin() throws Exception {
        AppJvm.Ended ended = send(
                new AppJvm().option("-Xlog:class+load"),
                LegacyApp.class,
                MailVersion.ANGUS_2_0_5,
                Trouble.RCPT_550,
                "mail.resilient.session.max-idle=50ms");

        assertThat(ended.out())
                .anyMatch(line -> line.contains(" org.resilientmail.pool.Housekeeper "))
                .anyMatch(line -> line.contains(" org.resilientmail.smtp.Spool "))
                .noneMatch(line -> line.contains(" jdk.internal.logger.LoggerFinderLoader "));
    }

    @ParameterizedTest
    @EnumSource(
            value = MailVersion.class,
            names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_bean_shows_the_application_and_goes_with_it(MailVersion version) throws Exception {
        AppJvm.Ended ended = send(
                new AppJvm(),
                UndeployedApp.class,
                version,
                Trouble.NONE,
                "mail.resilient.jmx=true",
                "mail.resilient.summary=true",
                "mail.resilient.session.max-idle=50ms");

        assertThat(ended.out()).hasSize(3);
        assertThat(ended.out().get(1))
                .startsWith("org.resilientmail:type=ResilientMail,id=1=5 java.net.URLClassLoader@");
        assertThat(ended.out().get(2)).isEqualTo("beans=0 loader=collected");
        assertThat(ended.err()).hasSize(2).last().asString().contains("accepted 5 envelopes");
    }

    @Test
    void a_containers_own_management_is_not_made_before_the_container_makes_it() throws Exception {
        AppJvm.Ended ended = send(
                new AppJvm().option("-Djavax.management.builder.initial=container.Builder"),
                LegacyApp.class,
                MailVersion.ANGUS_2_0_5,
                Trouble.NONE,
                "mail.resilient.jmx=true");

        assertThat(ended.out()).containsExactly("SEND:NONE" + SENT);
        assertThat(ended.err()).hasSize(1);
    }

    @Test
    void a_java_without_management_sends_all_the_same() throws Exception {
        AppJvm.Ended ended = send(
                new AppJvm().option("--limit-modules=java.base,java.logging,java.instrument,java.naming,java.desktop"),
                LegacyApp.class,
                MailVersion.ANGUS_2_0_5,
                Trouble.NONE,
                "mail.resilient.jmx=true");

        assertThat(ended.out()).containsExactly("SEND:NONE" + SENT);
        assertThat(ended.err()).hasSize(2);
        assertThat(ended.err().get(1)).contains("the MXBean cannot be registered");
    }
}
