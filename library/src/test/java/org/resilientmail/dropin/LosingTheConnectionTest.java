package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What the transport object shows of connections that are lost, or no longer needed: what Angus' object shows. */
class LosingTheConnectionTest {

    @AfterEach
    void endSessions() {
        ResilientMail.closeAll();
    }

    private static void send(Transport transport, Session session) throws MessagingException {
        MimeMessage message = Messages.to(session, "a@example.com");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }

    private static Session once(ScriptedSmtpServer server) {
        return TestSessions.of(server)
                .set("mail.resilient.retry.max-attempts", "1")
                .smtp("timeout", "100")
                .session();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"MAIL", "RCPT", "DATA", "END_OF_DATA"})
    void a_send_that_ends_in_silence_closes_the_transport_as_listeners_hear(Step step) throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            var silence = server.on(step).session(1).silence();
            Session session = once(server);
            Transport transport = session.getTransport();
            CountDownLatch heard = new CountDownLatch(1);
            transport.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void closed(ConnectionEvent event) {
                    heard.countDown();
                }
            });
            transport.connect();

            assertThatThrownBy(() -> send(transport, session)).isInstanceOf(MessagingException.class);

            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(transport.isConnected()).isFalse();
            silence.release();
        }
    }

    @Test
    void after_a_lost_connection_the_object_can_send_connect_and_close_and_says_closed_once() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.DATA).session(1).close();
            Session session = once(server);
            Transport transport = session.getTransport();
            AtomicInteger opened = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            CountDownLatch twiceClosed = new CountDownLatch(2);
            transport.addConnectionListener(new ConnectionAdapter() {
                @Override
                public void opened(ConnectionEvent event) {
                    opened.incrementAndGet();
                }

                @Override
                public void closed(ConnectionEvent event) {
                    closed.incrementAndGet();
                    twiceClosed.countDown();
                }
            });
            transport.connect();
            assertThatThrownBy(() -> send(transport, session)).isInstanceOf(MessagingException.class);

            send(transport, session);
            transport.connect();
            send(transport, session);
            transport.close();
            transport.close();

            assertThat(twiceClosed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.account().accepted()).hasSize(2);
            assertThat(opened).hasValue(2);
            assertThat(closed).hasValue(2);
            assertThatThrownBy(() -> send(transport, session)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_refusal_by_a_reply_leaves_the_transport_connected() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            server.on(Step.RCPT).always().reply("550 5.1.1 User unknown");
            Session session = once(server);
            Transport transport = session.getTransport();
            transport.connect();

            assertThatThrownBy(() -> send(transport, session)).isInstanceOf(MessagingException.class);

            assertThat(transport.isConnected()).isTrue();
            transport.close();
        }
    }

    @Test
    void a_transport_that_only_proved_the_credentials_says_goodbye_when_it_is_closed() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Transport transport = TestSessions.session(server).getTransport();
            transport.connect();

            transport.close();

            server.account().awaitOpenSockets(0, Duration.ofSeconds(10));
            assertThat(server.account().session(1).commands()).endsWith("QUIT");
        }
    }

    @Test
    void a_session_another_transport_opened_or_used_outlives_the_one_that_is_closed() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session session = TestSessions.session(server);
            Transport first = session.getTransport();
            Transport second = session.getTransport();
            first.connect();
            second.connect();

            second.close();
            send(first, session);
            first.close();
            Transport.send(Messages.to(session, "b@example.com"));

            assertThat(server.account().sessions()).hasSize(1);
            assertThat(server.account().accepted()).hasSize(2);
        }
    }

    @Test
    void a_session_opened_as_a_proof_but_used_by_another_is_left_to_it() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session session = TestSessions.session(server);
            Transport first = session.getTransport();
            first.connect();
            Transport.send(Messages.to(session, "b@example.com"));

            first.close();
            Transport.send(Messages.to(session, "c@example.com"));

            assertThat(server.account().sessions()).hasSize(1);
        }
    }
}
