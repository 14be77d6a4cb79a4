package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptAndAccountTest {

    private static String send(RawClient client, String id, String... recipients) throws IOException {
        String reply = client.ask("MAIL FROM:<a@example.com> SIZE=10");
        if (!reply.startsWith("250")) {
            return reply;
        }
        for (String recipient : recipients) {
            reply = client.ask("RCPT TO:<" + recipient + ">");
        }
        assertThat(client.ask("DATA")).startsWith("354");
        client.send("Message-ID: <" + id + ">\r\nX-Folded: one\r\n two\r\n\r\n..stuffed\r\n.\r\n");
        return client.reply();
    }

    @Test
    void a_rule_for_a_message_of_a_session_leaves_all_others_alone() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.MAIL).session(2).message(2).replyThenClose("421 4.7.0 Too many messages per session");
            try (RawClient first = RawClient.greeted(server);
                    RawClient second = RawClient.greeted(server)) {
                assertThat(send(first, "1", "b@example.com")).startsWith("250");
                assertThat(send(first, "2", "b@example.com")).startsWith("250");
                assertThat(send(second, "3", "b@example.com")).startsWith("250");
                assertThat(send(second, "4", "b@example.com")).startsWith("421 4.7.0 Too many");
            }
            assertThat(server.account().messagesPerSession()).isEqualTo(List.of(2, 1));
        }
    }

    @Test
    void rules_are_used_up_in_their_order() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                RawClient client = RawClient.greeted(server)) {
            server.on(Step.NOOP).times(2).reply("450 first");
            server.on(Step.NOOP).occurrence(4).reply("450 fourth");
            server.on(Step.NOOP).reply("450 second");

            assertThat(List.of(
                            client.ask("NOOP"),
                            client.ask("NOOP"),
                            client.ask("NOOP"),
                            client.ask("NOOP"),
                            client.ask("NOOP")))
                    .containsExactly("450 first", "450 first", "450 second", "450 fourth", "250 2.0.0 Ok");
        }
    }

    @Test
    void conditions_see_sender_recipient_and_user() throws IOException {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("alice", "sesame").start()) {
            server.on(Step.MAIL).from("SPAM@example.com").user("alice").always().reply("550 5.7.1 no");
            server.on(Step.END_OF_DATA).to(to -> to.startsWith("late")).always().reply("451 4.0.0 later");
            try (RawClient client = RawClient.greeted(server)) {
                assertThat(client.ask("MAIL FROM:<spam@example.com>")).startsWith("250");
                client.ask("RSET");
                assertThat(client.ask("AUTH PLAIN AGFsaWNlAHNlc2FtZQ==")).startsWith("235");
                assertThat(client.ask("MAIL FROM:<spam@example.com>")).startsWith("550");
                assertThat(send(client, "1", "b@example.com", "late@example.com"))
                        .startsWith("451");
                assertThat(send(client, "1", "b@example.com")).startsWith("250");
            }
            assertThat(server.account().accepted()).hasSize(1);
        }
    }

    @Test
    void a_scripted_acceptance_is_an_acceptance_in_other_words() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.END_OF_DATA).reply("250 2.6.0 Queued mail for delivery");
            try (RawClient client = RawClient.greeted(server)) {
                assertThat(send(client, "1", "b@example.com")).isEqualTo("250 2.6.0 Queued mail for delivery");
            }
            assertThat(server.account().accepted()).hasSize(1);
        }
    }

    @Test
    void duplicates_are_told_by_message_and_recipient() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            try (RawClient client = RawClient.greeted(server)) {
                send(client, "1", "b@example.com", "c@example.com");
                send(client, "1", "c@example.com", "d@example.com");
                send(client, "2", "c@example.com");
            }
            assertThat(server.account().duplicates())
                    .isEqualTo(Map.of(new ServerAccount.Copy("<1>", "c@example.com"), 2));
            assertThat(server.account().copiesPerRecipient())
                    .isEqualTo(Map.of("b@example.com", 1, "c@example.com", 3, "d@example.com", 1));
            AcceptedMessage first = server.account().accepted().get(0);
            assertThat(first.text()).endsWith("\r\n\r\n.stuffed\r\n");
            assertThat(first.header("x-folded")).contains("one two");
            assertThat(first.senderParameters()).isEqualTo("SIZE=10");
        }
    }

    @Test
    void the_transcript_has_everything_but_secrets_and_bodies() throws IOException {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("alice", "sesame").start()) {
            try (RawClient client = RawClient.greeted(server)) {
                client.ask("AUTH LOGIN");
                client.ask("YWxpY2U=");
                client.ask("c2VzYW1l");
                send(client, "1", "b@example.com");
                client.ask("QUIT");
            }
            server.account().awaitOpenSockets(0);
            SessionRecord session = server.account().session(1);
            assertThat(session.toString())
                    .contains("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ***\nS: 334 UGFzc3dvcmQ6\nC: ***\nS: 235 ")
                    .contains("C: QUIT\nS: 221 2.0.0 Bye\n*  QUIT")
                    .doesNotContain("c2VzYW1l", "stuffed");
            assertThat(session.count("quit")).isEqualTo(1);
            assertThat(session.count("RSET")).isZero();
            // greeting, EHLO, AUTH with two continuations, MAIL, RCPT, DATA, dot
            assertThat(session.roundTrips()).isEqualTo(9);
            assertThat(session.isEnded()).isTrue();
        }
    }

    @Test
    void pipelined_commands_are_answered_in_order_without_a_round_trip_each() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            try (RawClient client = RawClient.greeted(server)) {
                client.send("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n");
                assertThat(client.reply()).startsWith("250 2.1.0");
                assertThat(client.reply()).startsWith("250 2.1.5");
                assertThat(client.reply()).startsWith("354");
                client.send("x\r\n.\r\n");
                assertThat(client.reply()).startsWith("250 2.0.0");
            }
            server.account().awaitOpenSockets(0);
            // after the greeting, after EHLO, after 354, and after the last reply, for the end
            assertThat(server.account().roundTrips()).isEqualTo(4);
        }
    }

    @Test
    void commands_out_of_order_are_refused() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                RawClient client = new RawClient(server)) {
            client.reply();
            assertThat(client.ask("MAIL FROM:<a@example.com>")).startsWith("503");
            client.ask("EHLO x");
            assertThat(client.ask("RCPT TO:<a@example.com>")).startsWith("503");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("MAIL FROM:a@example.com")).startsWith("501");
            assertThat(client.ask("MAIL FROM:<\"odd>\\\"name\"@example.com>")).startsWith("250");
            assertThat(client.ask("MAIL FROM:<a@example.com>")).startsWith("503");
            assertThat(client.ask("DATA")).startsWith("554 5.5.1");
            assertThat(client.ask("BDAT x")).startsWith("501");
            assertThat(client.ask("VRFY a")).startsWith("500");
        }
    }

    @Test
    void chunks_make_one_message_and_dots_in_them_are_left_alone() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                RawClient client = RawClient.greeted(server)) {
            client.ask("MAIL FROM:<a@example.com>");
            client.ask("RCPT TO:<b@example.com>");
            client.send("BDAT 6\r\n.one\r\n");
            assertThat(client.reply()).isEqualTo("250 2.0.0 6 octets");
            client.send("BDAT 7 LAST\r\n..two\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued");
            assertThat(server.account().accepted().get(0).text()).isEqualTo(".one\r\n..two\r\n");
        }
    }

    @Test
    void a_connection_refused_and_accepted_again_keeps_its_port() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.stopListening();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            server.listenAgain();
            try (RawClient client = new RawClient(server)) {
                assertThat(client.reply()).isEqualTo("220 mx.example.com ESMTP");
            }
        }
    }

    @Test
    void the_server_can_hang_up_on_its_own() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                RawClient client = RawClient.greeted(server)) {
            server.hangUp("421 4.3.2 Shutting down");
            assertThat(server.account().openSessions()).isZero();
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rest()).isEqualTo("421 4.3.2 Shutting down\r\n");
        }
    }

    @Test
    void an_await_that_comes_to_nothing_says_what_was_missing() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            assertThatThrownBy(() -> server.account().awaitOpenSessions(1, Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("0 sessions are open, not 1");
        }
    }

    @Test
    void a_script_that_cannot_be_played_fails_the_test_at_the_latest_on_close() throws IOException {
        ScriptedSmtpServer server = ScriptedSmtpServer.start();
        server.on(Step.NOOP).fault(Fault.PLAINTEXT_IN_TLS);
        try (RawClient client = RawClient.greeted(server)) {
            assertThat(client.ask("NOOP")).isEmpty();
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("PLAINTEXT_IN_TLS at NOOP, but the session does not use TLS");
    }

    @Test
    void a_source_of_faults_is_asked_where_no_rule_acts() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.NOOP).reply("250 2.0.0 By a rule");
            server.faultsFrom(encounter -> encounter.step() == Step.NOOP && encounter.occurrence() < 3
                    ? Optional.of(new FaultSource.Mishap(Fault.REPLY, "451 4.0.0 Drawn"))
                    : Optional.empty());
            try (RawClient client = RawClient.greeted(server)) {
                assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 By a rule");
                assertThat(client.ask("NOOP")).isEqualTo("451 4.0.0 Drawn");
                assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 Ok");
            }
        }
    }

    @Test
    void a_drawn_silence_in_a_body_ends_when_the_client_leaves() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.faultsFrom(encounter -> encounter.step() == Step.BODY
                    ? Optional.of(new FaultSource.Mishap(Fault.SILENCE, null))
                    : Optional.empty());
            Session session =
                    TestSessions.of(server).plainAngus().smtp("timeout", "50").session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session))).isInstanceOf(MessagingException.class);
            server.account().awaitOpenSockets(0);
            assertThat(server.account().accepted()).isEmpty();
            assertThat(server.account().session(1).endedAt())
                    .isGreaterThan(server.account().session(1).openedAt());
        }
    }

    @Test
    void a_source_that_draws_what_makes_no_sense_fails_the_server() throws Exception {
        ScriptedSmtpServer server = ScriptedSmtpServer.start();
        server.faultsFrom(encounter -> Optional.of(new FaultSource.Mishap(Fault.REPLY, null)));
        try (RawClient client = new RawClient(server)) {
            assertThat(client.reply()).isEmpty();
        }
        assertThatThrownBy(server::close).hasRootCauseMessage("REPLY without a text makes no sense at CONNECT");
    }
}
