package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AngusAgainstTheServerTest {

    private static String asSent(Message message) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_message_sent_in_plain_text_is_accounted_with_its_envelope_and_its_octets() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session session = TestSessions.of(server).plainAngus().session();
            MimeMessage message = Messages.withDots(session, "a@example.com", "b@example.com");

            Transport.send(message);

            AcceptedMessage accepted = server.account().accepted().get(0);
            assertThat(accepted.sender()).isEqualTo("sender@example.com");
            assertThat(accepted.recipients()).containsExactly("a@example.com", "b@example.com");
            assertThat(accepted.text()).isEqualTo(asSent(message));
            assertThat(accepted.header("message-id")).contains(message.getMessageID());
            assertThat(accepted.id()).isEqualTo(Messages.mark(message));
            assertThat(server.account().copiesPerRecipient()).isEqualTo(Map.of("a@example.com", 1, "b@example.com", 1));
            assertThat(server.account().session(1).commands())
                    .containsExactly(
                            "EHLO client.example.com",
                            "MAIL FROM:<sender@example.com>",
                            "RCPT TO:<a@example.com>",
                            "RCPT TO:<b@example.com>",
                            "DATA",
                            "(" + accepted.content().length + " octets and the final dot)",
                            "QUIT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void a_right_password_is_let_in_and_a_wrong_one_is_not(String mechanism) throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .user("alice", "sesame")
                .requireAuth()
                .start()) {
            Session right = TestSessions.of(server)
                    .plainAngus()
                    .as("alice", "sesame")
                    .smtp("auth.mechanisms", mechanism)
                    .session();
            Session wrong = TestSessions.of(server)
                    .plainAngus()
                    .as("alice", "barley")
                    .smtp("auth.mechanisms", mechanism)
                    .session();

            Transport.send(Messages.to(right));
            assertThatThrownBy(() -> Transport.send(Messages.to(wrong)))
                    .isInstanceOf(AuthenticationFailedException.class);

            assertThat(server.account().logins())
                    .extracting(LoginAttempt::mechanism, LoginAttempt::user, LoginAttempt::accepted)
                    .containsExactly(tuple(mechanism, "alice", true), tuple(mechanism, "alice", false));
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().accepted().get(0).user()).isEqualTo("alice");
            assertThat(server.account().transcript())
                    .doesNotContain("sesame", "barley", "c2VzYW1l", "AGFsaWNl", "dXNlcj1")
                    .contains("AUTH " + mechanism);
        }
    }

    @Test
    void mail_without_a_login_is_refused_where_a_login_is_required() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .user("alice", "sesame")
                .requireAuth()
                .start()) {
            Session session = TestSessions.of(server).plainAngus().session();

            assertThatThrownBy(() -> Transport.send(Messages.to(session)))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("530 5.7.0 Authentication required");
            assertThat(server.account().accepted()).isEmpty();
        }
    }

    @Test
    void starttls_carries_login_and_message() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .requireTls()
                .user("alice", "sesame")
                .start()) {
            Session session = TestSessions.of(server)
                    .plainAngus()
                    .startTls()
                    .as("alice", "sesame")
                    .session();

            Transport.send(Messages.to(session));

            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().session(1).commands())
                    .startsWith(
                            "EHLO client.example.com",
                            "STARTTLS",
                            "EHLO client.example.com",
                            "AUTH LOGIN",
                            "***",
                            "***",
                            "MAIL FROM:<sender@example.com>");
        }
    }

    @Test
    void a_server_that_requires_tls_refuses_plain_text() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().requireTls().start()) {
            Session session = TestSessions.of(server).plainAngus().session();

            assertThatThrownBy(() -> Transport.send(Messages.to(session)))
                    .hasMessageContaining("530 5.7.0 Must issue a STARTTLS command first");
        }
    }

    @Test
    void implicit_tls_carries_a_message() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            Transport.send(Messages.to(TestSessions.of(server).plainAngus().session()));

            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().session(1).transcript())
                    .extracting(TranscriptLine::toString)
                    .startsWith("*  TLS", "S: 220 mx.example.com ESMTP");
        }
    }

    @Test
    void a_client_without_trust_in_the_certificate_does_not_connect() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            Session session = TestSessions.of(server).plainAngus().distrusting().session();

            assertThatThrownBy(() -> Transport.send(Messages.to(session)))
                    .hasStackTraceContaining("SSLHandshakeException");
            server.account().awaitOpenSockets(0);
            assertThat(server.account().session(1).commands()).isEmpty();
        }
    }

    @Test
    void bdat_chunks_are_put_together() throws Exception {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().extension("CHUNKING").start()) {
            Session session = TestSessions.of(server)
                    .plainAngus()
                    .smtp("chunksize", "1000")
                    .session();
            MimeMessage message = Messages.ofSize(session, 5000);

            Transport.send(message);

            assertThat(server.account().accepted().get(0).text()).isEqualTo(asSent(message));
            assertThat(server.account().count("BDAT")).isGreaterThan(4);
            assertThat(server.account().count("DATA")).isZero();
        }
    }

    @Test
    void a_rule_for_one_recipient_lets_the_others_pass() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Rule unknown =
                    server.on(Step.RCPT).to("nobody@example.com").always().reply("550-5.1.1 User\n550 5.1.1 unknown");
            Session session = TestSessions.of(server)
                    .plainAngus()
                    .smtp("sendpartial", "true")
                    .session();

            assertThatThrownBy(() -> Transport.send(
                            Messages.to(session, "a@example.com", "Nobody@example.com", "b@example.com")))
                    .isInstanceOfSatisfying(
                            SendFailedException.class,
                            e -> assertThat(e.getInvalidAddresses()).hasSize(1));

            assertThat(server.account().accepted())
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message.recipients()).containsExactly("a@example.com", "b@example.com"));
            assertThat(unknown.fired()).isEqualTo(1);
        }
    }

    @Test
    void several_messages_over_one_transport_count_as_one_session() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session session = TestSessions.of(server).plainAngus().session();
            try (SMTPTransport transport = (SMTPTransport) session.getTransport()) {
                transport.connect();
                for (int i = 0; i < 3; i++) {
                    MimeMessage message = Messages.to(session);
                    message.saveChanges();
                    transport.sendMessage(message, message.getAllRecipients());
                }
                assertThat(server.account().openSessions()).isEqualTo(1);
            }
            server.account().awaitOpenSockets(0);

            assertThat(server.account().messagesPerSession()).isEqualTo(List.of(3));
            assertThat(server.account().count("NOOP")).isZero();
            assertThat(server.account().count("QUIT")).isEqualTo(1);
            // greeting, EHLO, four per message, and the client's closing after 221
            assertThat(server.account().roundTrips()).isEqualTo(1 + 1 + 3 * 4);
        }
    }
}
