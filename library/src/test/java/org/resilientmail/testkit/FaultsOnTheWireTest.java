package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsOnTheWireTest {

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());

    private RawClient inTransaction() throws IOException {
        RawClient client = RawClient.greeted(server);
        assertThat(client.ask("MAIL FROM:<a@example.com>")).isEqualTo("250 2.1.0 Ok");
        assertThat(client.ask("RCPT TO:<b@example.com>")).isEqualTo("250 2.1.5 Ok");
        return client;
    }

    private void sendMessage(RawClient client) throws IOException {
        assertThat(client.ask("DATA")).startsWith("354 ");
        client.send("Subject: x\r\n\r\nx\r\n.\r\n");
    }

    @Test
    void a_reply_of_several_lines_comes_as_written_and_the_session_goes_on() throws IOException {
        server.on(Step.MAIL).reply("421-4.7.0 Too many\n421 4.7.0 messages");
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rawLine()).isEqualTo("421-4.7.0 Too many\r\n");
            assertThat(client.rawLine()).isEqualTo("421 4.7.0 messages\r\n");
            assertThat(client.ask("MAIL FROM:<a@example.com>")).isEqualTo("250 2.1.0 Ok");
        }
    }

    @Test
    void reply_then_close_ends_the_stream_in_order() throws IOException {
        server.on(Step.MAIL).replyThenClose("421 4.7.0 Enough");
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rest()).isEqualTo("421 4.7.0 Enough\r\n");
            // The session has ended, but the client still holds its side.
            assertThat(server.account().openSessions()).isZero();
            assertThat(server.account().openSockets()).isEqualTo(1);
        }
        server.account().awaitOpenSockets(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END_OF_DATA", "RSET", "NOOP", "QUIT"})
    void close_is_an_orderly_end_without_a_reply_at_every_step(Step step) throws IOException {
        server.on(step).close();
        try (RawClient client = new RawClient(server)) {
            assertThat(upTo(step, client)).isEmpty();
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END_OF_DATA", "RSET", "NOOP", "QUIT"})
    void reset_is_a_reset_at_every_step(Step step) throws IOException {
        server.on(step).reset();
        try (RawClient client = new RawClient(server)) {
            assertThatThrownBy(() -> upTo(step, client))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    /** Does what leads to the step and the step itself; returns the rest of the stream from there. */
    private String upTo(Step step, RawClient client) throws IOException {
        if (step == Step.CONNECT) {
            return client.rest();
        }
        client.reply();
        if (step != Step.EHLO) {
            client.ask("EHLO client.example.com");
        }
        if (step == Step.RCPT || step == Step.DATA || step == Step.END_OF_DATA) {
            client.ask("MAIL FROM:<a@example.com>");
        }
        if (step == Step.DATA || step == Step.END_OF_DATA) {
            client.ask("RCPT TO:<b@example.com>");
        }
        if (step == Step.END_OF_DATA) {
            client.ask("DATA");
        }
        client.send(
                switch (step) {
                    case EHLO -> "EHLO client.example.com\r\n";
                    case MAIL -> "MAIL FROM:<a@example.com>\r\n";
                    case RCPT -> "RCPT TO:<b@example.com>\r\n";
                    case END_OF_DATA -> "x\r\n.\r\n";
                    default -> step.name() + "\r\n";
                });
        return client.rest();
    }

    @Test
    void silence_says_nothing_and_after_its_release_the_ordinary_thing_happens_late() throws IOException {
        Rule silence = server.on(Step.END_OF_DATA).silence();
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            silence.awaitFired(1);
            assertThat(client.hearsNothingFor(A_MOMENT)).isTrue();
            assertThat(server.account().accepted()).isEmpty();

            silence.release();

            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(client.ask("QUIT")).startsWith("221");
        }
    }

    @Test
    void commands_sent_during_a_silence_are_answered_after_it() throws IOException {
        Rule silence = server.on(Step.MAIL).silence();
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@example.com>\r\n");
            silence.awaitFired(1);
            silence.release();
            assertThat(client.reply()).isEqualTo("250 2.1.0 Ok");
            assertThat(client.reply()).isEqualTo("250 2.1.5 Ok");
            assertThat(client.reply()).isEqualTo("250 2.1.5 Ok");
            assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 Ok");
        }
    }

    @Test
    void a_client_that_leaves_during_a_silence_is_noticed() throws IOException {
        Rule silence = server.on(Step.MAIL).silence();
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            silence.awaitFired(1);
        }
        server.account().awaitOpenSockets(0);
    }

    @Test
    void a_silent_server_can_be_closed() throws IOException {
        Rule silence = server.on(Step.CONNECT).silence();
        try (RawClient client = new RawClient(server)) {
            silence.awaitFired(1);
            server.close();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void silence_in_the_body_stops_reading_so_that_the_writes_of_the_client_halt() throws Exception {
        Rule silence = server.on(Step.BODY).afterBytes(1000).silence();
        try (RawClient client = inTransaction()) {
            client.ask("DATA");
            Thread writer = new Thread(() -> {
                try {
                    client.send(("x".repeat(998) + "\r\n").repeat(20_000) + ".\r\n");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            writer.start();
            silence.awaitFired(1);
            writer.join(200);
            assertThat(writer.isAlive()).isTrue();

            silence.release();

            writer.join(10_000);
            assertThat(writer.isAlive()).isFalse();
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(server.account().accepted().get(0).content()).hasSize(20_000_000);
        }
    }

    @Test
    void a_reset_in_the_body_comes_before_the_message_is_complete() throws IOException {
        server.on(Step.BODY).afterBytes(500).reset();
        try (RawClient client = inTransaction()) {
            client.ask("DATA");
            client.send("x".repeat(498) + "\r\n");
            assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void a_reply_in_the_body_is_the_reply_to_the_message() throws IOException {
        server.on(Step.BODY).afterBytes(100).reply("552 5.3.4 Too big");
        try (RawClient client = inTransaction()) {
            client.ask("DATA");
            client.send("x".repeat(98) + "\r\n");
            assertThat(client.reply()).isEqualTo("552 5.3.4 Too big");
            client.send("more\r\n.\r\n");
            assertThat(client.ask("RSET")).isEqualTo("250 2.0.0 Ok");
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void garbage_is_no_smtp_reply_and_does_nothing() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.GARBAGE);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            String garbage = client.rawLine() + client.rawLine();
            assertThat(garbage).hasSize(258).startsWith("\u00ff\u00fe").endsWith("\u0000\r\n");
            assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 Ok");
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void half_a_line_is_followed_by_the_end_of_the_stream() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.HALF_LINE, "250 2.0.0 Accepted");
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            assertThat(client.rest()).isEqualTo("250 2.0.0");
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void half_a_line_then_silence_keeps_the_rest_until_it_is_released() throws IOException {
        Rule silence = server.on(Step.MAIL).fault(Fault.HALF_LINE_THEN_SILENCE);
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            silence.awaitFired(1);
            assertThat(client.readExactly(6)).isEqualTo("250 2.");
            assertThat(client.hearsNothingFor(A_MOMENT)).isTrue();
            silence.release();
            assertThat(client.rawLine()).isEqualTo("1.0 Ok\r\n");
            assertThat(client.ask("RCPT TO:<b@example.com>")).startsWith("250");
        }
    }

    @Test
    void two_replies_put_the_conversation_out_of_step() throws IOException {
        server.on(Step.MAIL).fault(Fault.TWO_REPLIES, "550 5.7.1 On second thoughts");
        try (RawClient client = RawClient.greeted(server)) {
            assertThat(client.ask("MAIL FROM:<a@example.com>")).isEqualTo("250 2.1.0 Ok");
            assertThat(client.ask("RCPT TO:<b@example.com>")).isEqualTo("550 5.7.1 On second thoughts");
            assertThat(client.reply()).isEqualTo("250 2.1.5 Ok");
        }
    }

    @Test
    void a_stale_reply_lies_there_before_the_next_command() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.STALE_REPLY_BEFORE);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
            assertThat(client.rest()).isEqualTo("421 4.4.2 Idle for too long, closing connection\r\n");
        }
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_slow_drip_takes_a_pause_after_each_octet() throws IOException {
        server.on(Step.MAIL).slowDrip(Duration.ofMillis(20));
        try (RawClient client = RawClient.greeted(server)) {
            long begin = System.nanoTime();
            assertThat(client.ask("MAIL FROM:<a@example.com>")).isEqualTo("250 2.1.0 Ok");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(200));
        }
    }

    @Test
    void a_bare_line_feed_ends_the_reply() throws IOException {
        server.on(Step.MAIL).fault(Fault.BARE_LF, "250-one\n250 two");
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rawLine()).isEqualTo("250-one\n");
            assertThat(client.rawLine()).isEqualTo("250 two\n");
        }
    }

    @Test
    void a_long_line_is_longer_than_a_hundred_kilobytes() throws IOException {
        server.on(Step.MAIL).fault(Fault.LONG_LINE, "451 4.3.0 Sorry");
        try (RawClient client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.rawLine()).startsWith("451 4.3.0 Sorry xxx").hasSizeGreaterThan(100 * 1024);
            assertThat(client.ask("NOOP")).isEqualTo("250 2.0.0 Ok");
        }
    }

    @Test
    void the_code_changes_within_a_reply_and_the_last_one_counts() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.CODE_CHANGE_IN_MULTILINE);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            assertThat(client.reply()).isEqualTo("250-Fine so far\n550 5.0.0 Changed its mind");
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void accept_then_close_has_the_message_but_never_says_so() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_CLOSE);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void accept_then_reset_has_the_message_but_never_says_so() throws IOException {
        server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_RESET);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
        }
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void accept_then_silence_has_the_message_and_says_so_late() throws IOException {
        Rule silence = server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_SILENCE);
        try (RawClient client = inTransaction()) {
            sendMessage(client);
            server.account().awaitAccepted(1);
            assertThat(client.hearsNothingFor(A_MOMENT)).isTrue();
            silence.release();
            assertThat(client.reply()).startsWith("250 2.0.0 Ok");
        }
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void plain_text_within_tls_is_bare_on_the_wire() throws IOException {
        try (ScriptedSmtpServer secure =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            secure.on(Step.MAIL).fault(Fault.PLAINTEXT_IN_TLS);
            try (RawClient client = new RawClient(secure).startTls()) {
                client.reply();
                client.ask("EHLO client.example.com");
                client.send("MAIL FROM:<a@example.com>\r\n");
                // neither a record nor a close_notify
                assertThat(client.restBelowTls()).isEqualTo("421 4.3.2 Service shutting down\r\n");
                assertThat(secure.account().session(1).replies()).endsWith("421 4.3.2 Service shutting down");
            }
        }
    }

    @Test
    void close_under_tls_says_so_to_the_tls_layer() throws IOException {
        try (ScriptedSmtpServer secure =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            secure.on(Step.MAIL).close();
            try (RawClient client = new RawClient(secure).startTls()) {
                client.reply();
                client.ask("EHLO client.example.com");
                assertThat(client.ask("MAIL FROM:<a@example.com>")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "GARBAGE"})
    void a_handshake_can_fail(Fault fault) throws IOException {
        try (ScriptedSmtpServer secure = ScriptedSmtpServer.builder().startTls().start()) {
            secure.on(Step.TLS_HANDSHAKE).fault(fault);
            try (RawClient client = RawClient.greeted(secure)) {
                assertThat(client.ask("STARTTLS")).startsWith("220");
                assertThatThrownBy(client::startTls).isInstanceOf(IOException.class);
            }
            secure.account().awaitOpenSockets(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS_HANDSHAKE"})
    void a_client_that_leaves_a_silence_before_tls_is_noticed(Step step) throws IOException {
        try (ScriptedSmtpServer secure = ScriptedSmtpServer.builder().startTls().start()) {
            Rule silence = secure.on(step).silence();
            try (RawClient client = RawClient.greeted(secure)) {
                client.send("STARTTLS\r\n");
                silence.awaitFired(1);
            }
            secure.account().awaitOpenSockets(0);
        }
    }

    @Test
    void what_makes_no_sense_is_refused_when_it_is_scripted() {
        assertThatThrownBy(() -> server.on(Step.BODY).fault(Fault.ACCEPT_THEN_CLOSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ACCEPT_THEN_CLOSE without a text makes no sense at BODY");
    }
}
