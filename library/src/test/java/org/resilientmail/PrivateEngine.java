package org.resilientmail;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.MailEvent;
import java.time.Duration;
import java.util.EventListener;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicLong;
import org.resilientmail.pool.PoolStatus;

/**
 * An engine for one test alone, so that many tests can run at once in one JVM: pools, limits and what was learned are
 * shared with nobody, and closing it closes nobody else's sessions. Its clock is the real one, except that the waits of
 * the retries take no time and only turn it forward. Thread-safe.
 */
public final class PrivateEngine implements AutoCloseable {

    private final AtomicLong skipped = new AtomicLong();
    private final Engine engine = new Engine(this::nanoTime, this::skip);

    /** What the engine takes for the time, by {@link System#nanoTime()} and all that was skipped. */
    public long nanoTime() {
        return System.nanoTime() + skipped.get();
    }

    /** Lets time pass at once. */
    public void letPass(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    private void skip(Duration wait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        letPass(wait);
    }

    /** A transport for the Session's protocol. Its listeners are called by the thread that sends. */
    public ResilientTransport transport(Session session) {
        String protocol = session.getProperty("mail.transport.protocol");
        return new ListenedTo(session, protocol, engine);
    }

    /** The numbers of the pool for an account; {@code user} is {@code null} for one without a login. */
    public PoolStatus pool(String protocol, String host, int port, String user) {
        return engine.account(new AccountId(protocol, host, port, user)).pool().status();
    }

    /** Closes what is idle. */
    @Override
    public void close() {
        engine.closeAll();
    }

    /** Spares the thread that Jakarta Mail would start for the events of each transport. */
    private static final class ListenedTo extends ResilientTransport {

        ListenedTo(Session session, String protocol, Engine engine) {
            super(
                    session,
                    new URLName(protocol, null, -1, null, null, null),
                    protocol,
                    protocol.equals("smtps"),
                    null,
                    engine);
        }

        @Override
        protected void queueEvent(MailEvent event, Vector<? extends EventListener> listeners) {
            listeners.forEach(event::dispatch);
        }
    }
}
