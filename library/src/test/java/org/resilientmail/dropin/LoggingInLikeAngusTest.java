package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Logging in: by every property and with every source of credentials as with Angus, failing as with Angus. */
class LoggingInLikeAngusTest {

    private static ServerBuilder withAlice() {
        return ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2", "XOAUTH2 PLAIN", "CRAM-MD5"})
    void a_mechanism_is_chosen_as_the_properties_say(String mechanisms) throws Exception {
        for (String password : new String[] {"sesame", "barley"}) {
            SideBySide.scenario()
                    .server(LoggingInLikeAngusTest::withAlice)
                    .settings(s -> s.as("alice", password).smtp("auth.mechanisms", mechanisms))
                    .sendingTo("a@example.com")
                    .areAlike();
        }
    }

    @Test
    void mechanisms_are_switched_off_as_the_properties_say() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .settings(s -> s.as("alice", "sesame").smtp("auth.login.disable", "true"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
        assertThat(pair.ours().commands().get(0)).anyMatch(command -> command.startsWith("AUTH PLAIN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void sasl_logs_in(String mechanism) throws Exception {
        for (String password : new String[] {"sesame", "barley"}) {
            SideBySide.scenario()
                    .server(LoggingInLikeAngusTest::withAlice)
                    .settings(s ->
                            s.as("alice", password).smtp("sasl.enable", "true").smtp("sasl.mechanisms", mechanism))
                    .sendingTo("a@example.com")
                    .areAlike();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "535 5.7.8 Bad credentials",
                "454 4.7.0 Temporary authentication failure",
                "534 5.7.9 Application-specific password required",
                "538 5.7.11 Encryption required",
                "421 4.7.0 Too many failed logins"
            })
    void a_refused_login_fails_alike(String reply) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .script(server -> {
                    server.on(Step.AUTH).always().reply(reply);
                    server.on(Step.AUTH_CONTINUE).always().reply(reply);
                })
                .settings(s -> s.as("alice", "sesame"))
                .sendingTo("a@example.com");
        assertThat(pair.angus().thrown()).isInstanceOf(AuthenticationFailedException.class);
        assertThat(pair.ours().thrown()).isInstanceOf(MailFailure.class).hasMessageStartingWith(reply);
        assertThat(pair.ours().lastResponse()).isEqualTo(pair.angus().lastResponse());
        assertThat(pair.ours().lastCode()).isEqualTo(pair.angus().lastCode());
        assertThat(pair.ours().connectionEvents()).isEqualTo(pair.angus().connectionEvents());
        assertThat(pair.ours().angusChain()).endsWith(pair.angus().angusChain().toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "501 SaslException: DIGEST-MD5: digest response format violation. Mismatched response.",
                "550 5.7.1 Access denied by policy",
                "503 5.5.1 Bad sequence of commands",
                "550 5.1.1 User unknown"
            })
    void a_login_refused_in_words_used_of_messages_is_still_caught_as_a_refused_login(String reply) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .script(server -> {
                    server.on(Step.AUTH).always().reply(reply);
                    server.on(Step.AUTH_CONTINUE).always().reply(reply);
                })
                .settings(s -> s.as("alice", "sesame"))
                .doing((transport, session) -> transport.connect())
                .areAlikeInFailure();
        assertThat(pair.ours().thrown()).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void a_password_the_authenticator_alone_knows_is_asked_for() throws Exception {
        SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .settings(s -> s.as("alice", "sesame").smtp("user", "alice"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
    }

    /** Gives these passwords, one each time it is asked. */
    private static final class Remembering extends Authenticator {

        private final Iterator<String> passwords;

        Remembering(String... passwords) {
            this.passwords = List.of(passwords).iterator();
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("alice", passwords.next());
        }
    }

    private static void sendAndClose(Session session, SMTPTransport transport) throws MessagingException {
        MimeMessage message = Messages.to(session, "a@example.com");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
        transport.close();
    }

    @Test
    void a_wrong_password_in_the_call_is_followed_by_that_of_the_authenticator() throws Exception {
        SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .doing((transport, session) -> {
                    Session asking = Session.getInstance(session.getProperties(), new Remembering("sesame"));
                    SMTPTransport own = (SMTPTransport) asking.getTransport();
                    own.connect("alice", "wrong");
                    sendAndClose(asking, own);
                })
                .areAlikeInSuccess();
    }

    @Test
    void a_wrong_password_of_the_authenticator_fails_and_the_next_connect_asks_again() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(LoggingInLikeAngusTest::withAlice)
                .settings(s -> s.smtp("auth", "true"))
                .doing((transport, session) -> {
                    Session asking = Session.getInstance(session.getProperties(), new Remembering("barley", "sesame"));
                    SMTPTransport own = (SMTPTransport) asking.getTransport();
                    assertThatThrownBy(own::connect).isInstanceOf(AuthenticationFailedException.class);
                    own.connect();
                    sendAndClose(asking, own);
                })
                .areAlikeInSuccess();
        assertThat(pair.ours().bodies()).hasSize(1);
    }

    @Test
    void credentials_in_a_url_name_or_in_the_call_are_used() throws Exception {
        try (ScriptedSmtpServer server = withAlice().start()) {
            Session session = TestSessions.of(server).session();
            MimeMessage message = Messages.to(session, "a@example.com");
            message.saveChanges();
            URLName url = new URLName("smtp", server.host(), server.port(), null, "alice", "sesame");
            try (Transport transport = session.getTransport(url)) {
                transport.connect();
                transport.sendMessage(message, message.getAllRecipients());
                assertThat(transport.getURLName().toString()).doesNotContain("sesame");
            }
            try (Transport transport = session.getTransport()) {
                transport.connect(server.host(), server.port(), "alice", "sesame");
                transport.sendMessage(message, message.getAllRecipients());
            }
            Transport.send(message, "alice", "sesame");
            assertThat(server.account().accepted())
                    .hasSize(3)
                    .allMatch(m -> m.user().equals("alice"));
            ResilientMail.closeAll();
            assertThat(server.account().opened()).isEqualTo(1);
        }
    }

    @Test
    void properties_in_a_chain_of_defaults_count() throws Exception {
        try (ScriptedSmtpServer server = withAlice().start()) {
            Properties bottom = TestSessions.of(server)
                    .as("alice", "sesame")
                    .smtp("from", "bottom@example.com")
                    .properties();
            Properties middle = new Properties(bottom);
            middle.setProperty("mail.smtp.from", "middle@example.com");
            Properties top = new Properties(middle);
            top.setProperty("mail.resilient.session.max-messages", "1");
            Session session = Session.getInstance(top, new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("alice", "sesame");
                }
            });
            for (int i = 0; i < 2; i++) {
                Transport.send(Messages.to(session, "a@example.com"));
            }
            ResilientMail.closeAll();
            assertThat(server.account().accepted())
                    .hasSize(2)
                    .allMatch(m -> m.sender().equals("middle@example.com"));
            assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
        }
    }

    private static String debugOutputOf(String... extra) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ScriptedSmtpServer server = withAlice().start()) {
            TestSessions sessions = TestSessions.of(server).as("alice", "sesame");
            for (String name : extra) {
                sessions.set(name, "true");
            }
            Session session = sessions.session();
            session.setDebug(true);
            session.setDebugOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            Transport.send(Messages.to(session, "a@example.com"));
            ResilientMail.closeAll();
            server.account().awaitOpenSockets(0);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void debug_output_has_the_conversation_and_no_secret() throws Exception {
        String output = debugOutputOf();
        String encoded = Base64.getEncoder().encodeToString("sesame".getBytes(StandardCharsets.UTF_8));
        String plain = Base64.getEncoder().encodeToString("\0alice\0sesame".getBytes(StandardCharsets.UTF_8));
        assertThat(output)
                .contains(
                        "EHLO client.example.com", "MAIL FROM:<sender@example.com>", "RCPT TO:<a@example.com>", "QUIT")
                .doesNotContain("sesame", encoded, plain);
        assertThat(debugOutputOf("mail.debug.auth")).contains(encoded);
    }

    @Test
    void a_failed_connect_is_a_messaging_exception_the_caller_can_go_on_from() throws Exception {
        try (ScriptedSmtpServer server = withAlice().start()) {
            Session session = TestSessions.of(server).smtp("auth", "true").session();
            Transport transport = session.getTransport();
            MessagingException failed = null;
            try {
                transport.connect("alice", "barley");
            } catch (MessagingException e) {
                failed = e;
            }
            assertThat(failed).isInstanceOf(AuthenticationFailedException.class);
            assertThat(transport.isConnected()).isFalse();
            transport.connect("alice", "sesame");
            assertThat(transport.isConnected()).isTrue();
            transport.close();
            ResilientMail.closeAll();
        }
    }
}
