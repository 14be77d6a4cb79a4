package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.util.MailConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** Connecting and securing: by every property and setter as with Angus, failing as with Angus. */
class ConnectingLikeAngusTest {

    private static ServerBuilder withAlice() {
        return ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth();
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
}
