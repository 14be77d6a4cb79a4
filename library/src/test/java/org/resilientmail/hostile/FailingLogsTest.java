package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** Whoever is told of a conversation while it goes on, and throws: logs, debug streams, executors. */
@Timeout(60)
class FailingLogsTest {

    /** Above all of ours; Angus names its own after the package of the transport, and so it is one of them. */
    private static final Logger PROTOCOL = Logger.getLogger("org.resilientmail");

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final AtomicInteger thrown = new AtomicInteger();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    private RuntimeException failure() {
        thrown.incrementAndGet();
        return new UnsupportedOperationException("the disk is full");
    }

    /** Sends while a handler at all levels throws at what has this text. */
    private Attempt sending(Session session, String text, String... recipients) throws Exception {
        return sending(session, text, 0, recipients);
    }

    /** The same, and the handler stays until so much was thrown: nobody waits for the end of a spent session. */
    private Attempt sending(Session session, String text, int failures, String... recipients) throws Exception {
        Handler failing = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord record) {
                if (String.valueOf(record.getMessage()).contains(text)) {
                    throw failure();
                }
            }
        };
        Level before = PROTOCOL.getLevel();
        PROTOCOL.setLevel(Level.ALL);
        PROTOCOL.addHandler(failing);
        try {
            Attempt attempt = Attempt.of(Messages.to(session, recipients));
            Eventually.until(failures + " failures", () -> thrown.get() >= failures);
            return attempt;
        } finally {
            PROTOCOL.removeHandler(failing);
            PROTOCOL.setLevel(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"220", "EHLO", "use8bit", "MAIL FROM", "RCPT TO", "DATA", "354", "A line of text", "queued as"})
    void a_log_handler_that_throws_within_the_conversation_leaves_the_truth_and_the_next_message(String text)
            throws Exception {
        Session session = sessions().session();
        sending(session, text, "a@example.com").agreesWith(server, 1);
        assertThat(thrown.get()).isPositive();
        Attempt next = Attempt.of(Messages.to(session, "b@example.com"));
        assertThat(next.thrown()).isEmpty();
        next.agreesWith(server, 1);
    }

    @Test
    void one_that_throws_when_the_message_is_accepted_does_not_turn_a_success_into_a_failure() throws Exception {
        Attempt attempt = sending(sessions().session(), "message successfully delivered", "a@example.com");
        assertThat(attempt.thrown()).isEmpty();
        attempt.agreesWith(server, 1);
        assertThat(thrown).hasValue(1);
    }

    @Test
    void one_that_throws_at_a_later_envelope_does_not_hide_that_an_earlier_one_was_sent() throws Exception {
        Session session = sessions()
                .set("mail.resilient.message.max-recipients", "1")
                .set("mail.resilient.session.max-messages", "1")
                .session();
        Attempt attempt = sending(session, "RCPT TO:<b@example.com>", "a@example.com", "b@example.com");
        attempt.agreesWith(server, 1);
        assertThat(attempt.told("a@example.com")).isEqualTo(RecipientState.SENT);
        assertThat(attempt.told("b@example.com")).isEqualTo(RecipientState.UNSENT);
    }

    @Test
    void a_debug_stream_that_throws_at_the_goodbye_and_a_handler_that_throws_at_the_news_of_it() throws Exception {
        Session session =
                sessions().set("mail.resilient.session.max-messages", "1").session();
        session.setDebugOut(new PrintStream(new ByteArrayOutputStream(), true) {
            @Override
            public void println(String line) {
                if (line.contains("221 2.0.0")) {
                    throw failure();
                }
            }
        });
        session.setDebug(true);
        Attempt attempt = sending(session, "closing a session failed", 2, "a@example.com");
        assertThat(attempt.thrown()).isEmpty();
        attempt.agreesWith(server, 1);
        assertThat(thrown).as("by stream and handler").hasValue(2);
    }

    @Test
    void an_event_executor_that_throws_an_error_does_not_turn_a_success_into_a_failure() throws Exception {
        Session session = sessions()
                .set("mail.event.executor", (java.util.concurrent.Executor) task -> {
                    thrown.incrementAndGet();
                    throw new Error("no thread to be had");
                })
                .session();
        try (Transport transport = session.getTransport()) {
            transport.addTransportListener(new TransportAdapter() {});
            transport.connect();
            MimeMessage message = Messages.to(session, "a@example.com");
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        }
        assertThat(thrown.get()).isPositive();
        assertThat(server.account().accepted()).hasSize(1);
    }
}
