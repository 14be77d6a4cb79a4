package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import org.eclipse.angus.mail.util.MailConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** The ways through a proxy: asked for word by word as Angus asks. */
class ProxiesLikeAngusTest {

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().startTls().start();

    @AfterEach
    void endAll() {
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).startTls().set("mail.resilient.retry.max-attempts", "1");
    }

    private static MessagingException send(TestSessions sessions) throws Exception {
        Session session = sessions.session();
        try {
            Transport.send(Messages.to(session, "a@example.com"));
            return null;
        } catch (MessagingException e) {
            return e;
        } finally {
            ResilientMail.closeAll();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_web_proxy_is_asked_for_the_name_and_tls_is_with_the_relay(boolean portBehindHost) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(server.port(), "HTTP/1.1 200 Connection established")) {
            for (boolean angus : new boolean[] {true, false}) {
                TestSessions sessions = sessions()
                        .smtp("host", "localhost") // not looked up by the client
                        .smtp("proxy.host", "127.0.0.1" + (portBehindHost ? ":" + proxy.port() : ""))
                        .smtp("proxy.user", "proxyuser")
                        .smtp("proxy.password", "proxysecret");
                if (!portBehindHost) {
                    sessions.smtp("proxy.port", Integer.toString(proxy.port()));
                }
                assertThat(send(angus ? sessions.plainAngus() : sessions)).isNull();
            }
            assertThat(proxy.asked()).hasSize(2);
            assertThat(proxy.asked().get(1)).isEqualTo(proxy.asked().get(0)).contains("Proxy-Authorization: Basic ");
        }
        assertThat(server.account().accepted()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 407 Proxy Authentication Required", "HTTP/1.0 503 No way"})
    void a_web_proxy_that_refuses_is_a_failed_connect(String answer) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(server.port(), answer)) {
            TestSessions sessions = sessions().smtp("proxy.host", "127.0.0.1:" + proxy.port());
            MessagingException ours = send(sessions);
            MessagingException angus = send(sessions.plainAngus());
            assertThat(ours).isInstanceOf(MailConnectException.class);
            assertThat(angus).isInstanceOf(MailConnectException.class);
            assertThat(((MailConnectException) ours).getHost()).isEqualTo(((MailConnectException) angus).getHost());
            assertThat(((MailConnectException) ours).getPort()).isEqualTo(((MailConnectException) angus).getPort());
            assertThat(ours.getNextException())
                    .isInstanceOf(angus.getNextException().getClass())
                    .hasMessageContaining(answer);
        }
    }

    @Test
    void a_socks_proxy_is_asked_for_the_address() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(server.port(), "")) {
            for (boolean angus : new boolean[] {true, false}) {
                TestSessions sessions =
                        sessions().smtp("socks.host", "127.0.0.1").smtp("socks.port", Integer.toString(proxy.port()));
                assertThat(send(angus ? sessions.plainAngus() : sessions)).isNull();
            }
            assertThat(proxy.asked()).isEqualTo(List.of("127.0.0.1:" + server.port(), "127.0.0.1:" + server.port()));
        }
    }
}
