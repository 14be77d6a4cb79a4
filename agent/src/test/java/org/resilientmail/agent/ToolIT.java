package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacyapp.LateApp;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** The jar as a tool: its command line, files it cannot use, explaining, attaching. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ToolIT {

    private static final long LARGEST_JAR = 6_000_000;

    @TempDir
    private Path directory;

    @Test
    void the_jar_is_no_larger_than_six_megabytes() throws Exception {
        assertThat(Files.size(AppJvm.AGENT)).isLessThanOrEqualTo(LARGEST_JAR);
    }

    @Test
    void an_agent_loads_nothing_of_the_tool() throws Exception {
        AppJvm.Ended ended = new AppJvm()
                .agent("")
                .option("-Xlog:class+load")
                .run("-cp", MailVersion.ANGUS_2_0_5.classPathFor(LateApp.class), "legacyapp.LegacyApp");

        assertThat(ended.out())
                .anyMatch(line -> line.contains(" org.resilientmail.agent.ResilientMailAgent "))
                .noneMatch(line -> line.contains("picocli"))
                .noneMatch(line -> line.contains(" org.resilientmail.agent.Main "))
                .noneMatch(line -> line.contains("org.resilientmail.agent.tool"));
    }

    @Test
    void the_version_is_the_builds() throws Exception {
        assertThat(ToolJvm.run("--version").out()).singleElement().asString().matches("resilient-mail-agent \\d.*");
    }

    @Test
    void help_names_the_commands_and_exit_codes() throws Exception {
        AppJvm.Ended ended = ToolJvm.run("--help");

        assertThat(ended.status()).isZero();
        assertThat(String.join("\n", ended.out())).contains("check ", "explain ", "attach ", "Exit codes:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | Commands:
            send                  | Unmatched argument at index 0: 'send'
            check                 | Missing required option: '--config=FILE'
            check --config absent | absent does not exist
            attach                | Missing required parameter: 'PID'
            attach x              | is not a long
            attach 1 absent       | absent does not exist
            """)
    void a_wrong_command_line_ends_with_two(String arguments, String complaint) throws Exception {
        AppJvm.Ended ended = ToolJvm.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(String.join("\n", ended.err())).contains(complaint).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mail.smtp.hots=a                     | mail.smtp.hots is not a known key; did you mean mail.smtp.host?
            mail.smpt.host=a                     | mail.smpt.host is not a known key; did you mean mail.smtp.host?
            mail.smtp.quite.another=a            | known after mail.smtp. are allow8bitmime, auth,
            mail.smtp.port=65536                 | mail.smtp.port=65536 is not allowed; allowed: a whole number
            mail.smtp.auth=yes                   | mail.smtp.auth=yes is not allowed; allowed: true or false
            mail.user=app                        | has a user and no password: add mail.password=PASSWORD
            mail.password=hush                   | has a password and no user: add mail.user=USER
            mail.transport.protocol=lmtp         | allowed: smtp or smtps
            mail.resilient.retry.attempts=3      | did you mean mail.resilient.retry.max-attempts?
            spring.mail.host=relay               | names no relay: add mail.smtp.host=HOST
            mail.transport.protocol=smtps        | names no relay: add mail.smtps.host=HOST
            """)
    void a_file_that_cannot_be_used_ends_with_two_and_says_what_is_allowed(String line, String complaint)
            throws Exception {
        Path file = Files.writeString(directory.resolve("mail.properties"), line + "\n");

        AppJvm.Ended ended = ToolJvm.run("check", "--config", file.toString());

        assertThat(ended.status()).isEqualTo(2);
        assertThat(String.join("\n", ended.err())).contains(complaint).doesNotContain("hush", "\tat ");
    }

    @Test
    void a_test_message_needs_a_sender_and_a_real_address() throws Exception {
        Path file = Files.writeString(directory.resolve("mail.properties"), "mail.smtp.host=127.0.0.1\n");

        AppJvm.Ended nobody = ToolJvm.run("check", "--config", file.toString(), "--to", "me@example.org");
        AppJvm.Ended nowhere = ToolJvm.run("check", "--config", file.toString(), "--to", "me at home");

        assertThat(nobody.status()).isEqualTo(2);
        assertThat(nobody.err()).singleElement().asString().contains("add mail.from=ADDRESS");
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).singleElement().asString().contains("is not an address");
        for (String many : List.of("team: a@example.org, b@example.org;", "a@example.org, b@example.org", "")) {
            AppJvm.Ended ended = ToolJvm.run("check", "--config", file.toString(), "--to", many);
            assertThat(ended.status()).as(many).isEqualTo(2);
            assertThat(ended.err()).singleElement().asString().contains("--to", "is not an address");
        }
    }

    @Test
    void explains_replies_as_the_library_does() throws Exception {
        AppJvm.Ended ended =
                ToolJvm.run("explain", "452 4.5.3 Too many recipients (max 50 per message)", "--phase", "RCPT");

        assertThat(ended.status()).isZero();
        assertThat(ToolJvm.finding(ended, "kind")).startsWith("TOO_MANY_RECIPIENTS");
        assertThat(ToolJvm.finding(ended, "limit")).isEqualTo("recipients-per-message = 50");
        assertThat(ToolJvm.run("explain", "@550 is no file", "--phase", "-").status())
                .isZero();
        assertThat(ToolJvm.run("explain", "--rules-list", "--nonsense").status())
                .isEqualTo(2);
    }

    @Test
    void nobody_can_attach_to_what_is_not_there() throws Exception {
        AppJvm.Ended ended = ToolJvm.run("attach", "2147483646");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .containsExactly(
                        "resilient-mail-agent: there is no process 2147483646; jps lists the JVMs of this user");
    }

    @Test
    void a_java_without_the_module_says_so() throws Exception {
        AppJvm.Ended ended = ToolJvm.run(
                new AppJvm().option("--limit-modules=java.base,java.logging"),
                "attach",
                Long.toString(ProcessHandle.current().pid()));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).singleElement().asString().contains("no module jdk.attach", "-javaagent:");
    }

    @Test
    void a_running_application_gets_the_agent() throws Exception {
        Path settings =
                Files.writeString(directory.resolve("resilient-mail.properties"), "mail.resilient.enabled=true\n");
        Path others = Files.writeString(directory.resolve("others.properties"), "mail.resilient.enabled=false\n");
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("app", "secret").start()) {
            Process application = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            MailVersion.ANGUS_2_0_5.classPathFor(LateApp.class),
                            LateApp.class.getName(),
                            "SEND:NONE:" + server.port())
                    .redirectError(directory.resolve("err").toFile())
                    .start();
            try (BufferedReader out = application.inputReader(StandardCharsets.UTF_8);
                    BufferedWriter in = application.outputWriter(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).isEqualTo("running");

                AppJvm.Ended attached = ToolJvm.run("attach", Long.toString(application.pid()), settings.toString());
                ToolJvm.run("attach", Long.toString(application.pid()), others.toString());
                in.write("\n");
                in.flush();

                assertThat(attached.status()).as("%s", attached).isZero();
                assertThat(attached.out()).singleElement().asString().startsWith("attached to " + application.pid());
                assertThat(out.readLine()).isEqualTo("SEND:NONE=sent;sent;sent;sent;sent");
                assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                application.destroyForcibly();
            }
            List<String> err = Files.readAllLines(directory.resolve("err"));
            String words = "resilient-mail agent: ";
            assertThat(err)
                    .filteredOn(line -> line.startsWith(words))
                    .containsExactly(
                            words + "ready, reads " + settings + " with the first message",
                            words + "is here already, with " + settings + "; " + others + " is not read");
            assertThat(server.account().sessions())
                    .as("one session for five messages")
                    .hasSize(1);
        }
    }
}
