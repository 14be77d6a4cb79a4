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

    private Deadline(long end, ScheduledFuture<?> task, Interruption interruption) {
        this.end = end;
        this.task = task;
        this.interruption = interruption;
    }

    /**
     * Sets a deadline.
     *
     * @param left how long from now
     * @param atEnd run on another thread when it is over; must not block
     * @return to be closed when the work is done in time
     */
    static Deadline in(Duration left, Runnable atEnd) {
        long nanos = Math.max(0, left.toNanos());
        return new Deadline(System.nanoTime() + nanos, schedule(atEnd, nanos), null);
    }

    private static ScheduledFuture<?> schedule(Runnable atEnd, long nanos) {
        try {
            return TimeOuts.watch().schedule(atEnd, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return null; // the read time-outs still hold
        }
    }

    /**
     * The same deadline, which an interrupt of this thread brings forward.
     *
     * @param onInterrupt run when the thread is interrupted before it is over; must not block
     * @return to be closed by this same thread
     */
    Deadline orInterrupted(Runnable onInterrupt) {
        return new Deadline(end, task, Interruption.watch(onInterrupt));
    }

    /** Nanoseconds left; zero or less when it is over. */
    long left() {
        return end - System.nanoTime();
    }

    /** The work is done in time. */
    void close() {
        if (interruption != null) {
            interruption.over();
        }
        if (task != null) {
            task.cancel(false);
        }
    }
}
