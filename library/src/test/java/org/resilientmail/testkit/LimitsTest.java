package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final String LOGIN = "AUTH PLAIN AGFsaWNlAHNlc2FtZQ==";

    @Test
    void messages_per_session_end_with_the_reply_and_421_with_the_session() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .maxMessagesPerSession(2, "421 4.7.0 Too many messages per session")
                        .start();
                RawClient client = RawClient.greeted(server)) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.ask("MAIL FROM:<a@example.com>")).startsWith("250");
                assertThat(client.ask("RSET")).startsWith("250");
            }
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rest()).isEqualTo("421 4.7.0 Too many messages per session\r\n");
        }
    }

    @Test
    void a_limit_that_does_not_say_421_keeps_the_session() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .maxMessagesPerSession(0, "452 4.5.3 Too many messages sent")
                        .start();
                RawClient client = RawClient.greeted(server)) {
            assertThat(client.ask("MAIL FROM:<a@example.com>")).startsWith("452");
            assertThat(client.ask("QUIT")).startsWith("221");
        }
    }

    @Test
    void sessions_at_once_are_refused_at_the_greeting_until_one_has_ended() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .maxSessions(1, Step.CONNECT, "421 4.7.0 Too many connections")
                .start()) {
            try (RawClient first = RawClient.greeted(server);
                    RawClient second = new RawClient(server)) {
                assertThat(second.rest()).isEqualTo("421 4.7.0 Too many connections\r\n");
                assertThat(first.ask("QUIT")).startsWith("221");
                try (RawClient third = new RawClient(server)) {
                    assertThat(third.reply()).startsWith("220");
                }
            }
            assertThat(server.account().maxOpenSessions()).isEqualTo(2);
        }
    }

    @Test
    void sessions_at_once_are_refused_at_the_login() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .user("alice", "sesame")
                        .maxSessions(1, Step.AUTH, "454 4.7.0 Too many logins")
                        .start();
                RawClient first = RawClient.greeted(server);
                RawClient second = RawClient.greeted(server)) {
            assertThat(first.ask(LOGIN)).startsWith("235");
            assertThat(second.ask(LOGIN)).isEqualTo("454 4.7.0 Too many logins");
            first.ask("QUIT");
            assertThat(second.ask(LOGIN)).startsWith("235");
            assertThat(server.account().logins())
                    .extracting(LoginAttempt::accepted)
                    .containsExactly(true, false, true);
        }
    }

    @Test
    void recipients_over_the_limit_are_refused_and_the_others_kept() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .maxRecipients(2, "452 4.5.3 Too many recipients")
                        .start();
                RawClient client = RawClient.greeted(server)) {
            client.ask("MAIL FROM:<a@example.com>");
            client.ask("RCPT TO:<1@example.com>");
            client.ask("RCPT TO:<2@example.com>");
            assertThat(client.ask("RCPT TO:<3@example.com>")).isEqualTo("452 4.5.3 Too many recipients");
            client.ask("DATA");
            assertThat(client.ask("x\r\n.")).startsWith("250");
            assertThat(server.account().accepted().get(0).recipients())
                    .isEqualTo(List.of("1@example.com", "2@example.com"));
        }
    }

    @Test
    void the_size_is_announced_and_kept_with_and_without_a_declaration() throws IOException {
        try (ScriptedSmtpServer server =
                        ScriptedSmtpServer.builder().maxSize(100).start();
                RawClient client = new RawClient(server)) {
            client.reply();
            assertThat(client.ask("EHLO x")).contains("SIZE 100");
            assertThat(client.ask("MAIL FROM:<a@example.com> SIZE=101")).startsWith("552 5.3.4");
            assertThat(client.ask("MAIL FROM:<a@example.com> SIZE=100")).startsWith("250");
            client.ask("RCPT TO:<1@example.com>");
            client.ask("DATA");
            assertThat(client.ask("x".repeat(99) + "\r\n.")).startsWith("552 5.3.4");
            assertThat(server.account().accepted()).isEmpty();
        }
    }

    @Test
    void an_idle_session_is_ended_with_or_without_a_word() throws IOException {
        for (String reply : List.of("421 4.4.2 Idle", "")) {
            try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                            .maxIdle(Duration.ofMillis(50), reply)
                            .start();
                    RawClient client = new RawClient(server)) {
                client.reply();
                assertThat(client.rest().strip()).isEqualTo(reply);
            }
        }
    }

    @Test
    void an_old_session_is_ended_at_its_next_command() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .maxLifetime(Duration.ofNanos(1), "421 4.4.2 Expired")
                        .start();
                RawClient client = new RawClient(server)) {
            client.reply();
            client.send("EHLO x\r\n");
            assertThat(client.rest()).isEqualTo("421 4.4.2 Expired\r\n");
        }
    }

    @Test
    void what_is_announced_is_what_was_asked_for() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                        .greeting("220-one\n220 two")
                        .extensions("8BITMIME")
                        .extension("LIMITS RCPTMAX=50 MAILMAX=20")
                        .requireTls()
                        .user("alice", "sesame")
                        .mechanisms("PLAIN")
                        .start();
                RawClient client = new RawClient(server)) {
            assertThat(client.reply()).isEqualTo("220-one\n220 two");
            assertThat(client.ask("EHLO x"))
                    .isEqualTo(
                            "250-mx.example.com greets x\n250-8BITMIME\n250-LIMITS RCPTMAX=50 MAILMAX=20\n250 STARTTLS");
            client.ask("STARTTLS");
            client.startTls();
            assertThat(client.ask("EHLO x"))
                    .isEqualTo(
                            "250-mx.example.com greets x\n250-8BITMIME\n250-LIMITS RCPTMAX=50 MAILMAX=20\n250 AUTH PLAIN");
            assertThat(client.ask("HELO x")).isEqualTo("250 mx.example.com greets x");
        }
    }
}
