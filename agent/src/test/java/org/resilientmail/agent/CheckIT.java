package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.agent.ToolJvm.finding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** {@code java -jar resilient-mail-agent.jar check} against servers that behave, and others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CheckIT {

    private static final String PASSWORD = "hush-hush";
    private static final String[] LOGIN = {"mail.user=app@example.com", "mail.password=" + PASSWORD};
    private static final String[] STARTTLS = {"mail.smtp.starttls.required=true", "mail.smtp.ssl.trust=*"};

    @TempDir
    private Path directory;

    private Path file(int port, String... lines) throws IOException {
        return Files.write(
                directory.resolve("mail.properties"),
                List.of(
                        "mail.smtp.host=127.0.0.1",
                        "mail.smtp.port=" + port,
                        "mail.smtp.localhost=client.example.com",
                        String.join("\n", lines)));
    }

    private AppJvm.Ended check(Path file, String... more) throws IOException, InterruptedException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "check";
        arguments[1] = "--config";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        AppJvm.Ended ended = ToolJvm.run(arguments);
        assertThat(ended.toString()).doesNotContain(PASSWORD);
        return ended;
    }

    private static String[] lines(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Test
    void tells_greeting_extensions_and_announced_limits() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .extension("LIMITS RCPTMAX=50 MAILMAX=20")
                .maxSize(35_000)
                .start()) {
            AppJvm.Ended ended = check(file(server.port()));

            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(finding(ended, "relay")).isEqualTo("smtp://127.0.0.1:" + server.port());
            assertThat(finding(ended, "greeting")).isEqualTo("220 mx.example.com ESMTP");
            assertThat(finding(ended, "extensions"))
                    .contains("8BITMIME, ", "LIMITS RCPTMAX=50 MAILMAX=20", "SIZE 35000");
            assertThat(finding(ended, "limits"))
                    .contains("35000 bytes per message", "50 recipients per message", "20 messages per session");
            assertThat(finding(ended, "login")).startsWith("none");
            assertThat(finding(ended, "note")).contains("nothing is encrypted");
            assertThat(server.account().accepted()).isEmpty();
        }
    }

    @Test
    void tells_what_tls_agreed_upon_and_whose_certificate_it_is() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .requireTls()
                .user("app@example.com", PASSWORD)
                .start()) {
            AppJvm.Ended ended = check(file(server.port(), lines(LOGIN, STARTTLS)));

            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(finding(ended, "TLS")).startsWith("TLSv1.3, TLS_");
            assertThat(finding(ended, "certificate")).startsWith("CN=localhost, until 20");
            assertThat(finding(ended, "login")).startsWith("accepted for app@example.com: 235");
            assertThat(ended.out()).noneMatch(line -> line.startsWith("note:"));
        }
    }

    @Test
    void speaks_tls_from_the_start_where_the_protocol_is_smtps() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            Path file = Files.writeString(
                    directory.resolve("smtps.properties"),
                    "mail.smtps.host=127.0.0.1\nmail.smtps.ssl.trust=*\nmail.from=app@example.com\nmail.smtps.port="
                            + server.port());

            AppJvm.Ended ended = check(file, "--to", "me@example.org");

            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(finding(ended, "TLS")).startsWith("TLSv1.3");
            assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("me@example.org");
        }
    }

    @Test
    void a_certificate_nobody_trusts_is_a_failure_of_tls() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().requireTls().start()) {
            AppJvm.Ended ended = check(file(server.port(), "mail.smtp.starttls.required=true"));

            assertThat(ended.status()).isEqualTo(1);
            assertThat(finding(ended, "failed")).startsWith("STARTTLS: TLS_REQUIRED");
            assertThat(finding(ended, "error")).contains("unable to find valid certification path");
            assertThat(finding(ended, "advice")).contains("certificate is trusted");
        }
    }

    @Test
    void a_refused_login_says_what_to_do_and_is_tried_once() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .requireTls()
                .user("app@example.com", "another one")
                .start()) {
            AppJvm.Ended ended = check(file(server.port(), lines(LOGIN, STARTTLS)), "--to", "me@example.org");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(finding(ended, "greeting")).startsWith("220 ");
            assertThat(finding(ended, "TLS")).startsWith("TLSv1.3");
            assertThat(finding(ended, "extensions")).contains("AUTH PLAIN LOGIN");
            assertThat(finding(ended, "failed")).startsWith("AUTH: AUTHENTICATION_FAILED");
            assertThat(finding(ended, "reply")).startsWith("535 ");
            assertThat(finding(ended, "exception")).isEqualTo("org.resilientmail.failure.AuthenticationFailed");
            assertThat(finding(ended, "retry")).isEqualTo("no");
            assertThat(finding(ended, "advice")).isNotBlank();
            assertThat(server.account().logins()).hasSize(1);
        }
    }

    @Test
    void the_environments_password_comes_before_the_files() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("app@example.com", PASSWORD).start()) {
            Path file =
                    file(server.port(), "mail.smtp.auth=true", "mail.smtp.user=app@example.com", "mail.password=old");

            AppJvm.Ended ended = ToolJvm.run(
                    new AppJvm().environment("RESILIENT_MAIL_PASSWORD", PASSWORD),
                    "check",
                    "--config",
                    file.toString());

            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(finding(ended, "login")).startsWith("accepted for app@example.com");
            assertThat(ended.toString()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void a_greeting_of_421_is_told_in_the_relays_words_made_plain() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.CONNECT).always().replyThenClose("421 4.3.2 \u001b[2JToo busy\u0007, come back later");

            AppJvm.Ended ended = check(file(server.port()));

            assertThat(ended.status()).isEqualTo(1);
            assertThat(finding(ended, "failed")).startsWith("CONNECT: ");
            assertThat(finding(ended, "reply")).startsWith("421 4.3.2").endsWith("come back later");
            assertThat(ended.out()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
            assertThat(server.account().sessions()).hasSize(1);
        }
    }

    @Test
    void where_nothing_listens_host_and_port_are_to_be_checked() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        AppJvm.Ended ended = check(file(unused));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(finding(ended, "failed")).isEqualTo("CONNECT: SERVER_UNAVAILABLE (connect-refused)");
        assertThat(finding(ended, "exception")).isEqualTo("org.resilientmail.failure.ConnectFailed");
        assertThat(finding(ended, "advice")).contains("Check both");
    }

    @Test
    void an_unknown_host_is_a_typing_error_or_dns() throws Exception {
        AppJvm.Ended ended = check(Files.writeString(directory.resolve("m"), "mail.smtp.host=relay.invalid"));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(finding(ended, "failed")).isEqualTo("CONNECT: SERVER_UNAVAILABLE (unknown-host)");
        assertThat(finding(ended, "advice")).contains("typing errors");
    }

    @Test
    void sends_one_message_where_it_is_told_to() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("app@example.com", PASSWORD).start()) {
            AppJvm.Ended ended = check(file(server.port(), LOGIN), "--to", "me@example.org");

            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(finding(ended, "message"))
                    .startsWith("accepted for me@example.org: 250")
                    .contains("Message-ID <");
            assertThat(server.account().accepted()).singleElement().satisfies(message -> {
                assertThat(message.recipients()).containsExactly("me@example.org");
                assertThat(message.text()).contains("From: app@example.com", "Auto-Submitted: auto-generated");
            });
        }
    }

    @Test
    void a_recipient_who_is_refused_is_told_with_what_to_do() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.RCPT).always().reply("550 5.1.1 No such user here");

            AppJvm.Ended ended = check(file(server.port()), "--to", "nobody@example.org", "--from", "app@example.com");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(finding(ended, "message")).isEqualTo("not accepted for nobody@example.org");
            assertThat(finding(ended, "failed")).startsWith("RCPT: RECIPIENT_REJECTED");
            assertThat(finding(ended, "reply")).isEqualTo("550 5.1.1 No such user here");
            assertThat(finding(ended, "exception")).isEqualTo("org.resilientmail.failure.RecipientRejected");
        }
    }

    @Test
    void a_message_in_doubt_has_an_exit_code_of_its_own() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_RESET);

            AppJvm.Ended ended = check(file(server.port()), "--to", "me@example.org", "--from", "app@example.com");

            assertThat(ended.status()).isEqualTo(3);
            assertThat(finding(ended, "failed")).startsWith("END_OF_DATA: DELIVERY_UNCERTAIN");
            assertThat(server.account().copiesPerRecipient()).containsEntry("me@example.org", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1$s", "%2$s", "%3$s"})
    void a_relay_that_repeats_the_password_is_not_quoted_with_it(String place) throws Exception {
        Base64.Encoder base64 = Base64.getEncoder();
        String login = "\0app@example.com\0" + PASSWORD;
        String repeated = String.format(
                place,
                PASSWORD,
                base64.encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
                base64.encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("app@example.com", PASSWORD).start()) {
            server.on(Step.AUTH).always().reply("535 5.7.8 Not with " + repeated + " you cannot");

            AppJvm.Ended ended = check(file(server.port(), LOGIN));

            assertThat(ended.status()).isEqualTo(1);
            assertThat(finding(ended, "reply")).isEqualTo("535 5.7.8 Not with ******** you cannot");
            assertThat(ended.toString()).doesNotContain(repeated);
        }
    }
}
