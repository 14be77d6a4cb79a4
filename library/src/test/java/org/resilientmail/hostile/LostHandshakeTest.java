package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;
import org.resilientmail.testkit.UnconnectedSockets;

/** A connection that is lost during the TLS handshake is a lost connection, not a disagreement about TLS. */
@Timeout(60)
class LostHandshakeTest {

    private ScriptedSmtpServer server;

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"false, CLOSE", "false, RESET", "false, SILENCE", "true, CLOSE", "true, RESET", "true, SILENCE"})
    void the_next_session_is_tried(boolean implicit, Fault fault) throws Exception {
        var builder = ScriptedSmtpServer.builder();
        server = (implicit ? builder.implicitTls() : builder.requireTls()).start();
        server.on(Step.TLS_HANDSHAKE).fault(fault);
        TestSessions sessions = TestSessions.of(server)
                .smtp("timeout", fault == Fault.SILENCE ? "1000" : "10000")
                .set("mail.resilient.retry.initial-wait", "1ms");
        if (implicit) {
            // Or Angus would go on with the JVM's own trust where the application's factory failed.
            sessions.smtp("socketFactory.fallback", "false");
        } else {
            sessions.startTls();
        }
        Attempt attempt = Attempt.of(Messages.to(sessions.session(), "a@example.com"));
        assertThat(attempt.thrown()).isEmpty();
        attempt.agreesWith(server, 1);
    }

    @Test
    void the_next_session_is_tried_also_when_it_breaks_in_the_middle() throws Exception {
        server = ScriptedSmtpServer.builder().requireTls().start();
        Session session = TestSessions.of(server)
                .startTls()
                .set("mail.smtp.socketFactory", new BreakingOnce())
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
        Attempt attempt = Attempt.of(Messages.to(session, "a@example.com"));
        assertThat(attempt.thrown()).isEmpty();
        assertThat(server.account().opened()).isEqualTo(2);
    }

    /** Makes a first socket that breaks when the client has seen the server's hello, and then sound ones. */
    private static final class BreakingOnce extends UnconnectedSockets {

        /** The first octet of the record with which a client goes on after the server's hello (RFC 8446 appendix D.4). */
        private static final int CHANGE_CIPHER_SPEC = 20;

        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public OutputStream getOutputStream() throws IOException {
                    return new FilterOutputStream(super.getOutputStream()) {
                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            if (bytes[offset] == CHANGE_CIPHER_SPEC && broken.compareAndSet(false, true)) {
                                throw new IOException("Write timed out"); // as Angus' own sockets do
                            }
                            out.write(bytes, offset, length);
                        }
                    };
                }
            };
        }
    }
}
