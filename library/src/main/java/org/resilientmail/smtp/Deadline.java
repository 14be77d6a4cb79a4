package org.resilientmail.smtp;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a conversation that takes too long as a whole. A read time-out does not: it begins anew with every byte, so that
 * a relay which drips its replies holds a caller for ever.
 */
final class Deadline {

    private final long end;
    private final ScheduledFuture<?> task;
    private final Interruption interruption;
    /** Guarded by this. */
    private boolean closed;

    private Deadline(Duration left, Runnable atEnd, Runnable onInterrupt) {
        long nanos = Math.max(0, left.toNanos());
        end = System.nanoTime() + nanos;
        task = atEnd == null ? null : schedule(() -> unlessClosed(atEnd), nanos);
        interruption = onInterrupt == null ? null : Interruption.watch(() -> unlessClosed(onInterrupt));
    }

    /** Sets a deadline that is only asked for: nobody is woken for it, and it need not be closed. */
    static Deadline in(Duration left) {
        return new Deadline(left, null, null);
    }

    /**
     * Sets a deadline.
     *
     * @param left how long from now
     * @param atEnd run on another thread when it is over; must not block
     * @return to be closed when the work is done in time
     */
    static Deadline in(Duration left, Runnable atEnd) {
        return new Deadline(left, atEnd, null);
    }

    /**
     * Sets a deadline which an interrupt of this thread brings forward.
     *
     * @param left how long from now
     * @param atEnd run on another thread when it is over; must not block
     * @param onInterrupt run on another thread when this one is interrupted; must not block
     * @return to be closed by this same thread when the work is done in time
     */
    static Deadline orInterrupt(Duration left, Runnable atEnd, Runnable onInterrupt) {
        return new Deadline(left, atEnd, onInterrupt);
    }

    private static ScheduledFuture<?> schedule(Runnable atEnd, long nanos) {
        try {
            return TimeOuts.watch().schedule(atEnd, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return null; // the read time-outs still hold
        }
    }

    /** What comes late must not hit the work that follows, on the same session, for somebody else. */
    private synchronized void unlessClosed(Runnable what) {
        if (!closed) {
            what.run();
        }
    }

    /** Nanoseconds left; zero or less when it is over. */
    long left() {
        return end - System.nanoTime();
    }

    /** The work is done in time. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        if (interruption != null) {
            interruption.over();
        }
        if (task != null) {
            task.cancel(false);
        }
    }
}
