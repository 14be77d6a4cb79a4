package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... args) {
        return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --threads 0             | --threads must be 1 to 64, not 0
                    --threads 65            | --threads must be 1 to 64, not 65
                    --messages 1            | --messages must be 2 to 5000, not 1
                    --messages many         | Invalid value for option '--messages'
                    --announce-to -1        | --announce-to must be 0 to 5000, not -1
                    --port 25               | --port needs --host
                    --user me               | --user needs --host
                    --password=x            | --password needs --host
                    --starttls              | --starttls needs --host
                    --host h                | --host needs --from
                    --host h --from a@b.c   | --host needs --recipients
                    --from nobody           | --from: "nobody" is not a mail address
                    --recipients absent.txt | absent.txt: there is no such file
                    --config absent.txt     | --config: absent.txt cannot be read
                    --plain --config x      | --config cannot be given with --plain
                    --messages 3 --recipients x | --messages cannot be given with --recipients
                    --host h --from a@b.c --recipients x --port 0      | --port must be 1 to 65535, not 0
                    --host h --from a@b.c --recipients x --password=x  | --password needs --user
                    --wrong                 | Unknown option: '--wrong'
                    legacy                  | Missing required option: '--app=JAR'
                    legacy --app absent     | --app: absent cannot be read
                    legacy --app . --agent absent | --agent: absent cannot be read
                    legacy --app . --config pom.xml | --config needs --agent
                    legacy --app . --messages 1     | --messages must be 2 to 1000, not 1
                    """)
    void what_cannot_be_used_is_one_clear_line_and_exit_code_2(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_user_without_a_password_is_told_where_to_put_it() throws IOException {
        Path readers = Files.writeString(folder.resolve("readers.txt"), "a@example.com\n");
        int code = run(
                "--host", "127.0.0.1", "--from", "n@example.org", "--recipients", readers.toString(), "--user", "n");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--user needs a password", "RESILIENT_MAIL_PASSWORD");
    }

    @Test
    void settings_that_cannot_be_used_are_named_before_anything_is_sent() throws IOException {
        Path config = Files.writeString(folder.resolve("my.properties"), "mail.resilient.session.max-opn=2\n");
        assertThat(run("--config", config.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("mail.resilient.session.max-opn", "mail.resilient.session.max-open");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_relay_that_is_not_there_fails_the_run_with_its_advice_said_once() throws IOException {
        Path readers = Files.writeString(folder.resolve("readers.txt"), "a@example.com\n");
        Path config = Files.writeString(folder.resolve("x.properties"), "mail.resilient.retry.max-attempts=1\n");
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        int code = run(
                ("--host 127.0.0.1 --port " + port + " --from n@example.org --announce-to 0 --no-progress --recipients "
                                + readers + " --config " + config)
                        .split(" "));
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("ConnectFailed", Integer.toString(port), "Lost: 1 deliver");
        assertThat(out.toString()).containsOnlyOnce("Nothing accepts").doesNotContain("io:connect-refused");
    }

    @Test
    void help_names_the_options_and_the_exit_codes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--plain", "--recipients=FILE", "Exit codes:", "--version");
    }

    @Test
    void version_says_what_it_is() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("resilient-mail-example ");
    }
}
