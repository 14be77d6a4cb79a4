package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;
import org.resilientmail.testkit.UnconnectedSockets;
import org.resilientmail.testkit.WatchedTls;

/** A relay that takes its time over what counts after the deadline too: the verdict, and the goodbye. */
@Timeout(60)
class DeadlineTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.deadline", "1s");
    }

    private Attempt timed(Session session, Duration atMost, String... to) throws Exception {
        long start = System.nanoTime();
        Attempt attempt = Attempt.of(Messages.to(session, to));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(atMost);
        attempt.agreesWith(server, 1);
        return attempt;
    }

    private void settle() {
        ResilientMail.closeAll();
    }

    @Test
    void a_reply_to_the_dot_that_drips_beyond_the_deadline_is_waited_for() throws Exception {
        server.on(Step.END_OF_DATA).slowDrip(Duration.ofMillis(50));
        Attempt attempt = timed(sessions().session(), Duration.ofSeconds(20), "a@example.com");
        assertThat(attempt.thrown()).isEmpty();
        settle();
    }

    @Test
    void a_goodbye_that_drips_does_not_hold_the_caller() throws Exception {
        server.on(Step.QUIT).always().slowDrip(Duration.ofMillis(1500));
        Session session =
                sessions().set("mail.resilient.session.max-messages", "1").session();
        Attempt attempt = timed(session, Duration.ofSeconds(6), "a@example.com");
        assertThat(attempt.thrown()).isEmpty();
        settle();
    }

    @Test
    void without_one_the_dot_gets_ten_minutes_and_the_next_command_a_minute() throws Exception {
        Sockets sockets = new Sockets();
        Session session = sessions()
                .without("mail.smtp.timeout")
                .set("mail.smtp.socketFactory", sockets)
                .session();
        Gate dot = server.holdAt(Step.END_OF_DATA);
        var message = Messages.to(session, "a@example.com");
        CompletableFuture<Attempt> sending = CompletableFuture.supplyAsync(() -> Attempt.of(message));
        dot.awaitArrived(1);
        assertThat(sockets.last.getSoTimeout()).isEqualTo(600_000);
        dot.release();
        assertThat(sending.get(20, TimeUnit.SECONDS).thrown()).isEmpty();
        assertThat(sockets.last.getSoTimeout()).isEqualTo(60_000);
        settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl.socketFactory", "socketFactory"})
    void so_it_does_with_a_tls_factory_of_the_applications_own(String property) throws Exception {
        WatchedTls tls = new WatchedTls();
        try (ScriptedSmtpServer secure =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            Session session = TestSessions.of(secure)
                    .distrusting()
                    .without("mail.smtps.timeout")
                    .set("mail.smtps." + property, tls)
                    .session();
            Gate dot = secure.holdAt(Step.END_OF_DATA);
            var message = Messages.to(session, "a@example.com");
            CompletableFuture<Attempt> sending = CompletableFuture.supplyAsync(() -> Attempt.of(message));
            dot.awaitArrived(1);
            assertThat(tls.below().get(0).getSoTimeout()).isEqualTo(600_000);
            dot.release();
            assertThat(sending.get(20, TimeUnit.SECONDS).thrown()).isEmpty();
            assertThat(tls.below().get(0).getSoTimeout()).isEqualTo(60_000);
            settle();
        }
    }

    /** An application's own factory, by which the test sees the socket. */
    private static final class Sockets extends UnconnectedSockets {

        private volatile Socket last;

        @Override
        public Socket createSocket() {
            last = new Socket();
            return last;
        }
    }
}
