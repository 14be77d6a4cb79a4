package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** Connecting that does not come to an end: the call ends at its deadline all the same. */
@Timeout(60)
class StalledConnectingTest {

    private ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        server.close();
    }

    private void stalls(TestSessions sessions) throws Exception {
        Attempt attempt = Timed.untilTheDeadline(server, sessions.smtp("connectiontimeout", "30000"));
        assertThat(attempt.failure().phase()).isIn(SmtpPhase.CONNECT, SmtpPhase.STARTTLS);
        assertThat(server.account().accepted()).isEmpty();
    }

    private void isReplacedBy(ScriptedSmtpServer other) {
        server.close();
        server = other;
    }

    @Test
    void a_connect_that_is_not_answered() throws Exception {
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 4; i++) { // what finds the queue full is not answered, so that the client tries again
                SocketChannel waiting = SocketChannel.open();
                queue.add(waiting);
                waiting.configureBlocking(false);
                waiting.connect(full.getLocalSocketAddress());
            }
            stalls(TestSessions.of(server).smtp("port", Integer.toString(full.getLocalPort())));
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    void a_connect_of_a_socket_of_the_applications_own() throws Exception {
        stalls(TestSessions.of(server).set("mail.smtp.socketFactory", new HangingSockets()));
        stalls(TestSessions.of(server).smtp("socketFactory.class", HangingSockets.class.getName()));
        assertThat(HangingSockets.HANGING).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "socks"})
    void a_proxy_that_keeps_silent(String kind) throws Exception {
        server.on(Step.CONNECT).always().silence();
        stalls(TestSessions.of(server)
                .smtp(kind + ".host", server.host())
                .smtp(kind + ".port", Integer.toString(server.port()))
                .smtp("host", "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl.socketFactory", "socketFactory", "socketFactory.class", "ssl.trust"})
    void a_handshake_that_stalls_where_tls_comes_first(String factory) throws Exception {
        isReplacedBy(ScriptedSmtpServer.builder().implicitTls().start());
        server.on(Step.TLS_HANDSHAKE).always().silence();
        TestSessions sessions = TestSessions.of(server).distrusting();
        stalls(
                switch (factory) {
                    case "ssl.trust" -> sessions.smtp(factory, "*");
                    case "socketFactory.class" -> sessions.smtp(factory, "javax.net.ssl.SSLSocketFactory");
                    default -> sessions.set("mail.smtps." + factory, TestCertificate.clientSocketFactory());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl.socketFactory", "ssl.socketFactory.class", "ssl.trust"})
    void a_handshake_that_stalls_after_starttls(String factory) throws Exception {
        isReplacedBy(ScriptedSmtpServer.builder().startTls().start());
        server.on(Step.TLS_HANDSHAKE).always().silence();
        TestSessions sessions = TestSessions.of(server).startTls().distrusting();
        stalls(
                switch (factory) {
                    case "ssl.trust" -> sessions.smtp(factory, "*");
                    case "ssl.socketFactory.class" -> sessions.smtp(factory, "javax.net.ssl.SSLSocketFactory");
                    default -> sessions.set("mail.smtp." + factory, TestCertificate.clientSocketFactory());
                });
    }
}
