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
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** Connecting, securing and logging in: by every property and setter as with Angus, failing as with Angus. */
class ConnectingLikeAngusTest {

    private static ServerBuilder withAlice() {
        return ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2", "XOAUTH2 PLAIN", "CRAM-MD5"})
    void a_mechanism_is_chosen_as_the_properties_say(String mechanisms) throws Exception {
        for (String password : new String[] {"sesame", "barley"}) {
            SideBySide.scenario()
                    .server(ConnectingLikeAngusTest::withAlice)
                    .settings(s -> s.as("alice", password).smtp("auth.mechanisms", mechanisms))
                    .sendingTo("a@example.com")
                    .areAlike();
        }
    }

    @Test
    void mechanisms_are_switched_off_as_the_properties_say() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(ConnectingLikeAngusTest::withAlice)
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
                    .server(ConnectingLikeAngusTest::withAlice)
                    .settings(s ->
                            s.as("alice", password).smtp("sasl.enable", "true").smtp("sasl.mechanisms", mechanism))
                    .sendingTo("a@example.com")
                    .areAlike();
        }
    }

    @Test
    void the_setters_of_the_transport_object_count() throws Exception {
        SideBySide.scenario()
                .server(() -> withAlice().startTls())
                .settings(s -> s.as("alice", "sesame")
                        .set("mail.smtp.ssl.socketFactory", TestCertificate.clientSocketFactory()))
                .doing((transport, session) -> {
                    transport.setLocalHost("set.example.org");
                    transport.setStartTLS(true);
                    transport.setRequireStartTLS(true);
                    transport.setSASLEnabled(true);
                    transport.setSASLMechanisms(new String[] {"PLAIN"});
                    transport.setReportSuccess(true);
                    transport.setUseRset(true);
                    transport.setNoopStrict(false);
                    MimeMessage message = Messages.to(session, "a@example.com", "b@example.com");
                    message.saveChanges();
                    transport.connect();
                    assertThat(transport.getLocalHost()).isEqualTo("set.example.org");
                    assertThat(transport.isSSL()).isTrue();
                    transport.sendMessage(message, message.getAllRecipients());
                })
                .areAlike();
    }

    @Test
    void a_session_with_starttls_required_and_not_offered_fails_alike() throws Exception {
        SideBySide.Pair pair =
                SideBySide.scenario().settings(TestSessions::startTls).sendingTo("a@example.com");
        pair.failAlike();
        assertThat(pair.ours().thrown()).isInstanceOf(MailFailure.class);
    }

    @Test
    void starttls_is_used_where_it_is_enabled_and_the_certificate_is_checked() throws Exception {
        SideBySide.Pair good = SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().startTls())
                .settings(TestSessions::startTls)
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
        assertThat(good.ours().commands().get(0)).contains("STARTTLS");
        SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().startTls())
                .settings(s -> s.startTls().distrusting())
                .sendingTo("a@example.com")
                .failAlike();
        SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().startTls())
                .settings(s -> s.startTls().distrusting().smtp("ssl.trust", "*"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void the_name_in_the_certificate_is_checked_as_the_property_says(String check) throws Exception {
        // The certificate is for localhost and 127.0.0.1; this address leads there too and is not in it.
        SideBySide.Pair pair = SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().startTls())
                .settings(s -> s.startTls().smtp("host", "0.0.0.0").smtp("ssl.checkserveridentity", check))
                .sendingTo("a@example.com");
        pair.failAlike();
        assertThat(pair.ours().thrown() == null).isEqualTo(check.equals("false"));
    }

    @Test
    void smtps_speaks_tls_from_the_first_byte() throws Exception {
        SideBySide.scenario()
                .server(() -> withAlice().implicitTls())
                .settings(s -> s.as("alice", "sesame"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
        SideBySide.scenario()
                .server(() -> withAlice().implicitTls())
                .settings(s -> s.as("alice", "sesame").distrusting())
                .sendingTo("a@example.com")
                .failAlike();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.7.1 No service for you",
                "421 4.3.2 Too busy",
                "451 4.7.1 Try again later",
                "220-mx.example.com ESMTP\r\n220 ready",
            })
    void a_greeting_that_refuses_fails_alike(String greeting) throws Exception {
        for (String quit : new String[] {"true", "false"}) {
            SideBySide.scenario()
                    .server(() -> ScriptedSmtpServer.builder().greeting(greeting))
                    .settings(s -> s.smtp("quitonsessionreject", quit))
                    .sendingTo("a@example.com")
                    .failAlike();
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
                .server(ConnectingLikeAngusTest::withAlice)
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

    @Test
    void an_unreachable_port_is_a_mail_connect_exception_with_its_numbers() throws Exception {
        SideBySide.Pair pair;
        // Bound but not listening: nobody else can get the port, and nobody answers there.
        try (Socket closed = new Socket()) {
            closed.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            pair = SideBySide.scenario()
                    .settings(s -> s.smtp("port", Integer.toString(closed.getLocalPort())))
                    .sendingTo("a@example.com");
        }
        assertThat(pair.ours().thrown())
                .isInstanceOf(MailConnectException.class)
                .isInstanceOf(MailFailure.class);
        MailConnectException angus = (MailConnectException) pair.angus().thrown();
        MailConnectException ours = (MailConnectException) pair.ours().thrown();
        assertThat(ours.getHost()).isEqualTo(angus.getHost());
        assertThat(ours.getConnectionTimeout()).isEqualTo(angus.getConnectionTimeout());
        assertThat(ours.getNextException())
                .isInstanceOf(angus.getNextException().getClass());
    }

    /** Counts what it makes. Public, with a public constructor, because Angus makes one from the class's name. */
    public static final class CountingFactory extends SocketFactory {

        static final AtomicInteger BY_CLASS = new AtomicInteger();

        private final AtomicInteger made;

        public CountingFactory() {
            this(BY_CLASS);
        }

        CountingFactory(AtomicInteger made) {
            this.made = made;
        }

        public static SocketFactory getDefault() {
            return new CountingFactory();
        }

        @Override
        public Socket createSocket() {
            made.incrementAndGet();
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            made.incrementAndGet();
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            made.incrementAndGet();
            return new Socket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            made.incrementAndGet();
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            made.incrementAndGet();
            return new Socket(host, port, local, localPort);
        }
    }

    @Test
    void a_socket_factory_of_the_application_makes_the_sockets() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SideBySide.scenario()
                .settings(s -> s.set("mail.smtp.socketFactory", new CountingFactory(made)))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
        assertThat(made).hasValue(2);
        CountingFactory.BY_CLASS.set(0);
        SideBySide.scenario()
                .settings(s -> s.smtp("socketFactory.class", CountingFactory.class.getName())
                        .smtp("socketFactory.fallback", "false"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
        assertThat(CountingFactory.BY_CLASS).hasValue(2);
    }

    @Test
    void a_password_the_authenticator_alone_knows_is_asked_for() throws Exception {
        SideBySide.scenario()
                .server(ConnectingLikeAngusTest::withAlice)
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
                .server(ConnectingLikeAngusTest::withAlice)
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
                .server(ConnectingLikeAngusTest::withAlice)
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

    @ParameterizedTest
    @ValueSource(strings = {"quitwait", "userset", "noop.strict", "usesocketchannels"})
    void a_switch_of_the_connection_is_heeded(String name) throws Exception {
        for (String value : new String[] {"true", "false"}) {
            SideBySide.scenario()
                    .settings(s -> s.smtp(name, value))
                    .sendingTo("a@example.com")
                    .areAlikeInSuccess();
        }
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
