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

    private final ScheduledFuture<?> task;

    private Deadline(ScheduledFuture<?> task) {
        this.task = task;
    }

    /**
     * Sets a deadline.
     *
     * @param left how long from now
     * @param atEnd run on another thread when it is over; must not block
     * @return to be closed when the work is done in time
     */
    static Deadline in(Duration left, Runnable atEnd) {
        try {
            return new Deadline(TimeOuts.watch().schedule(atEnd, Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return new Deadline(null); // the read time-outs still hold
        }
    }

    /** The work is done in time. */
    void close() {
        if (task != null) {
            task.cancel(false);
        }
    }
}
