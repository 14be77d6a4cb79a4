package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** Whom TLS trusts, and with whose factory, as the properties say: no more and no less than with Angus. */
class SecuringLikeAngusTest {

    private static SideBySide secured(boolean first) {
        return SideBySide.scenario().server(() -> {
            ServerBuilder server = ScriptedSmtpServer.builder();
            return first ? server.implicitTls() : server.startTls();
        });
    }

    /** Trusts nobody yet. */
    private static TestSessions demanding(TestSessions sessions, boolean first) {
        return (first ? sessions : sessions.startTls()).distrusting();
    }

    private static String prefix(boolean first) {
        return first ? "mail.smtps." : "mail.smtp.";
    }

    @ParameterizedTest
    @CsvSource({
        "*, true, true", "*, false, true",
        "127.0.0.1, true, true", "127.0.0.1, false, true",
        "other.example.com, true, false", "other.example.com, false, false"
    })
    void hosts_are_trusted_by_name(String trusted, boolean first, boolean good) throws Exception {
        SideBySide.Pair pair = secured(first)
                .settings(s -> demanding(s, first).smtp("ssl.trust", trusted))
                .sendingTo("a@example.com");
        pair.failAlike();
        assertThat(pair.ours().thrown() == null).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ssl.socketFactory, true",
        "127.0.0.1, ssl.socketFactory, false",
        "127.0.0.1, socketFactory, true",
        "other.example.com, ssl.socketFactory, true",
        "other.example.com, ssl.socketFactory, false",
        "other.example.com, socketFactory, true"
    })
    void a_factory_that_trusts_some_hosts_trusts_no_others(String trusted, String property, boolean first)
            throws Exception {
        SideBySide.Pair pair = secured(first)
                .settings(s -> demanding(s, first)
                        .smtp("socketFactory.fallback", "false")
                        // Without a check of the name, the factory's own is the only one left.
                        .smtp("ssl.checkserveridentity", "false")
                        .set(prefix(first) + property, trusting(trusted)))
                .sendingTo("a@example.com");
        pair.failAlike();
        assertThat(pair.ours().thrown() == null).isEqualTo(trusted.equals("127.0.0.1"));
    }

    private static MailSSLSocketFactory trusting(String host) {
        try {
            MailSSLSocketFactory factory = new MailSSLSocketFactory();
            factory.setTrustedHosts(host);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"ssl.protocols, SSLv3", "ssl.protocols, TLSv1.2", "ssl.ciphersuites, TLS_AES_128_GCM_SHA256"})
    void protocols_and_cipher_suites_are_those_of_the_properties(String property, String value) throws Exception {
        for (boolean first : new boolean[] {true, false}) {
            secured(first)
                    .settings(s -> (first ? s : s.startTls())
                            .smtp("socketFactory.fallback", "false")
                            .smtp(property, value))
                    .sendingTo("a@example.com")
                    .failAlike();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_verifier_of_host_names_is_asked_about_the_name_and_heeded(boolean first) throws Exception {
        for (boolean verdict : new boolean[] {true, false}) {
            List<String> names = new CopyOnWriteArrayList<>();
            HostnameVerifier verifier = (name, session) -> {
                names.add(name + " " + session.getPeerHost());
                return verdict;
            };
            SideBySide.Pair pair = secured(first)
                    .settings(s -> (first ? s : s.startTls())
                            .smtp("host", "localhost")
                            .smtp("socketFactory.fallback", "false")
                            .set(prefix(first) + "ssl.hostnameverifier", verifier))
                    .sendingTo("a@example.com");
            pair.failAlike();
            assertThat(pair.ours().thrown() == null).isEqualTo(verdict);
            assertThat(names).containsExactly("localhost localhost", "localhost localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_applications_factory_secures_the_connection_to_the_name_and_angus_has_it_checked(boolean first)
            throws Exception {
        Watched factory = new Watched();
        SideBySide.Pair pair = secured(first)
                .settings(s -> (first ? s : s.startTls())
                        .smtp("host", "localhost")
                        .set(prefix(first) + "ssl.socketFactory", factory))
                .doing((transport, session) -> {
                    transport.connect();
                    assertThat(transport.isSSL()).isTrue();
                });
        pair.failAlike();
        assertThat(pair.ours().thrown()).isNull();
        assertThat(factory.hosts).containsExactly("localhost", "localhost");
        assertThat(factory.sockets).hasSize(2).allSatisfy(socket -> {
            assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("LDAPS");
            assertThat(socket.getSession().getPeerHost()).isEqualTo("localhost");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_factory_that_fails_is_done_without_unless_that_is_forbidden(String fallback) throws Exception {
        SideBySide.Pair pair = secured(true)
                .settings(s -> s.smtp("ssl.trust", "*")
                        .smtp("socketFactory.fallback", fallback)
                        .smtp("ssl.socketFactory.class", "no.such.Factory")
                        .distrusting())
                .sendingTo("a@example.com");
        assertThat(pair.ours().thrown() == null).isEqualTo(fallback.equals("true"));
        assertThat(pair.angus().thrown() == null).isEqualTo(fallback.equals("true"));
    }

    @Test
    void tls_first_needs_no_starttls_whatever_is_demanded() throws Exception {
        SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().implicitTls().extension("STARTTLS"))
                .settings(s -> s.smtp("starttls.enable", "true").smtp("starttls.required", "true"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
    }

    @Test
    void a_factory_may_have_a_port_of_its_own() throws Exception {
        secured(true)
                .settings(s -> s.smtp("ssl.socketFactory.port", s.properties().getProperty("mail.smtps.port"))
                        .smtp("port", "1"))
                .sendingTo("a@example.com")
                .areAlikeInSuccess();
    }

    /** A factory of the application's own, which looks at what it is asked for. */
    private static final class Watched extends SSLSocketFactory {

        private final SSLSocketFactory javas = TestCertificate.clientSocketFactory();
        private final List<String> hosts = new CopyOnWriteArrayList<>();
        private final List<SSLSocket> sockets = new CopyOnWriteArrayList<>();

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            hosts.add(host);
            SSLSocket made = (SSLSocket) javas.createSocket(plain, host, port, autoClose);
            sockets.add(made);
            return made;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return javas.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return javas.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
