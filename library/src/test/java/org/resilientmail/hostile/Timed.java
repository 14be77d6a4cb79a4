package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** How long a call takes. */
final class Timed {

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    static {
        // What a JVM does once (loading classes, making keys) is not what is measured.
        try (ScriptedSmtpServer server = Way.STARTTLS.server()) {
            Session session = Way.STARTTLS.sessions(server).session();
            assertThat(Attempt.of(Messages.to(session, "a@example.com")).thrown())
                    .isEmpty();
            ResilientMail.closeAll();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Timed() {}

    /** What comes of a call that has to take at least and at most so long. */
    static <T> T within(Duration least, Duration most, Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T result = call.call();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(least, most);
        return result;
    }

    /** A send that has a second, and has to end within a second after it. */
    static Attempt untilTheDeadline(ScriptedSmtpServer server, TestSessions sessions) throws Exception {
        Session session = sessions.set("mail.resilient.retry.deadline", DEADLINE.toMillis() + "ms")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
        // Half a second less: what drips as far as to an error is over earlier.
        Attempt attempt = within(
                DEADLINE.dividedBy(2),
                DEADLINE.plusSeconds(1),
                () -> Attempt.of(Messages.to(session, "a@example.com")));
        attempt.agreesWith(server, 1);
        ResilientMail.closeAll();
        return attempt;
    }
}
