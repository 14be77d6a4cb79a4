package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestSessions;

/**
 * A session that replaces another one goes on with its TLS session, where the settings are the same: half of the
 * handshake is spared. A resumed TLS session has the creation time of the one it resumes.
 */
@Timeout(60)
class ResumedTlsTest {

    private ScriptedSmtpServer server;

    @AfterEach
    void close() {
        server.close();
    }

    private TestSessions serve(String how) {
        ServerBuilder builder = ScriptedSmtpServer.builder();
        server = (how.equals("smtps") ? builder.implicitTls() : builder.startTls()).start();
        TestSessions sessions = TestSessions.of(server);
        return how.equals("smtps") ? sessions : sessions.startTls();
    }

    /** When the TLS session of one more connection was made; later than that of any connection before, if it is new. */
    private long created(Session session) throws Exception {
        long now = System.currentTimeMillis();
        Eventually.until("the clock goes on", () -> System.currentTimeMillis() > now);
        String protocol = session.getProperty("mail.transport.protocol");
        SMTPTransport settings = new SMTPTransport(session, new URLName(protocol, null, -1, null, null, null));
        SmtpSession opened = SmtpSession.open(
                new ConnectSpec(
                        session,
                        protocol,
                        server.host(),
                        server.port(),
                        null,
                        null,
                        LoginSettings.of(settings, "client.example.com")),
                Duration.ofSeconds(20));
        SSLSession tls = opened.opening().tls().orElseThrow();
        opened.quit();
        return tls.getCreationTime();
    }

    @ParameterizedTest
    @CsvSource({"starttls, TLSv1.3", "starttls, TLSv1.2", "smtps, TLSv1.3", "smtps, TLSv1.2"})
    void with_a_factory_of_the_applications(String how, String version) throws Exception {
        Session session = serve(how).smtp("ssl.protocols", version).session();
        assertThat(created(session)).isEqualTo(created(session));
    }

    @ParameterizedTest
    @CsvSource({
        "starttls, TLSv1.3, *",
        "starttls, TLSv1.2, *",
        "smtps, TLSv1.3, 127.0.0.1",
        "smtps, TLSv1.2, 127.0.0.1",
        "starttls, TLSv1.3, mx.example.com 127.0.0.1"
    })
    void where_hosts_are_trusted_by_name(String how, String version, String trusted) throws Exception {
        Session session = serve(how)
                .distrusting()
                .smtp("ssl.protocols", version)
                .smtp("ssl.trust", trusted)
                .session();
        assertThat(created(session)).isEqualTo(created(session));
        Session equal = serveAgain(how, version, trusted).session();
        assertThat(created(equal)).as("another Session with the same settings").isEqualTo(created(session));
    }

    private TestSessions serveAgain(String how, String version, String trusted) {
        TestSessions sessions = TestSessions.of(server);
        return (how.equals("smtps") ? sessions : sessions.startTls())
                .distrusting()
                .smtp("ssl.protocols", version)
                .smtp("ssl.trust", trusted);
    }

    @ParameterizedTest
    @CsvSource({"starttls", "smtps"})
    void other_settings_have_a_tls_session_of_their_own(String how) throws Exception {
        serve(how);
        Session any = serveAgain(how, "TLSv1.3", "*").session();
        long first = created(any);
        Session named = serveAgain(how, "TLSv1.3", "127.0.0.1").session();
        assertThat(created(named)).isGreaterThan(first);
        Session unchecked = serveAgain(how, "TLSv1.3", "*")
                .smtp("ssl.checkserveridentity", "false")
                .session();
        assertThat(created(unchecked)).isGreaterThan(first);
        Session distrusted = serveAgain(how, "TLSv1.3", "mx.example.com").session();
        assertThatThrownBy(() -> created(distrusted)).isInstanceOf(ConnectRefused.class);
        Session javas = serveAgain(how, "TLSv1.3", "*")
                .without("mail." + (how.equals("smtps") ? how : "smtp") + ".ssl.trust")
                .session();
        assertThatThrownBy(() -> created(javas)).isInstanceOf(ConnectRefused.class);
    }
}
