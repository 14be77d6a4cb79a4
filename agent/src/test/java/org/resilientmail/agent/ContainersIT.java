package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Class loaders that filter, that bring other mail versions, and that are to be collected one day. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainersIT {

    private static final String READY = "resilient-mail agent: ready";

    @TempDir
    Path directory;

    /** The last one may be kept by what the JDK remembers of its last use; each is released by the next. */
    @ParameterizedTest
    @CsvSource({"TomcatHost, " + Place.TOMCAT_JARS, "JettyHost, " + Place.JETTY_JARS})
    void web_applications_of_different_mail_versions_are_served_and_do_not_pile_up(String host, String artifact)
            throws Exception {
        String classPath =
                SourceApp.classPath(List.of(host, "Hosted"), directory.resolve("host"), Artifacts.with(artifact));
        Path old = Packaged.webApplication(MailVersion.JAVAMAIL_1_5_6, directory.resolve("old"));
        Path recent = Packaged.webApplication(MailVersion.ANGUS_2_0_5, directory.resolve("recent"));
        Path middle = Packaged.webApplication(MailVersion.JAKARTA_2_0_1, directory.resolve("middle"));
        Path config = Files.writeString(
                directory.resolve("resilient-mail.properties"), "mail.resilient.session.max-idle=1s\n");
        try (ScriptedSmtpServer one = Trouble.NONE.server(false);
                ScriptedSmtpServer two = Trouble.NONE.server(false);
                ScriptedSmtpServer three = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .agent(config.toString())
                    .run(
                            "-cp",
                            classPath,
                            host,
                            directory.toString(),
                            old.toString(),
                            OneBatch.batch(one),
                            recent.toString(),
                            OneBatch.batch(two),
                            middle.toString(),
                            OneBatch.batch(three));
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(one.account().messagesPerSession()).containsExactly(5);
            assertThat(two.account().messagesPerSession()).containsExactly(5);
            assertThat(three.account().messagesPerSession()).containsExactly(5);
            assertThat(ended.out())
                    .as("%s", ended.err())
                    .containsSubsequence("collected true", "collected true", "collected true");
        }
    }

    @ParameterizedTest
    @CsvSource({"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_bundle_that_sees_nothing_of_us_is_served(MailVersion version) throws Exception {
        Path bundle = Packaged.bundle(version, directory);
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .agent("")
                    .run(Place.hosted(
                            "FelixHost", Place.FELIX_JARS, directory, bundle, List.of(OneBatch.batch(server))));
            OneBatch batch = OneBatch.of(ended, server);
            assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated, "decorated");
            assertThat(batch.err())
                    .filteredOn(line -> !line.startsWith("WARNING: ")) // the JVM's, of Felix itself
                    .containsExactly(READY);
        }
    }
}
