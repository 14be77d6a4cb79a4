package org.resilientmail.smtp;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.resilientmail.reply.NoReply;

/**
 * Ends a conversation that takes too long as a whole. A read time-out does not: it begins anew with every byte, so that
 * a relay which drips its replies holds a caller for ever.
 */
final class Deadline implements Runnable {

    private final long end;
    private final Work work;
    private final ScheduledFuture<?> task;
    private final Interruption interruption;
    /** Guarded by this. */
    private boolean closed;

    private Deadline(Duration left, Work work, boolean heedsInterrupts) {
        long nanos = Math.max(0, left.toNanos());
        this.end = System.nanoTime() + nanos;
        this.work = work;
        this.task = work == null ? null : schedule(nanos);
        this.interruption = heedsInterrupts ? Interruption.watch(this) : null;
    }

    /** What has to be done in time. */
    interface Work {

        /**
         * Ends it; called on another thread, and must not block.
         *
         * @param why {@link NoReply#TIMEOUT} or {@link NoReply#INTERRUPTED}
         */
        void breakOff(NoReply why);
    }

    /** Sets a deadline that is only asked for: nobody is woken for it, and it need not be closed. */
    static Deadline in(Duration left) {
        return new Deadline(left, null, false);
    }

    /**
     * Sets a deadline.
     *
     * @param left how long from now
     * @param work ended when it is over
     * @return to be closed when the work is done in time
     */
    static Deadline in(Duration left, Work work) {
        return new Deadline(left, work, false);
    }

    /**
     * Sets a deadline which an interrupt of this thread brings forward.
     *
     * @param left how long from now
     * @param work ended when it is over, or this thread is interrupted
     * @return to be closed by this same thread when the work is done in time
     */
    static Deadline orInterrupt(Duration left, Work work) {
        return new Deadline(left, work, true);
    }

    private ScheduledFuture<?> schedule(long nanos) {
        try {
            return TimeOuts.watch().schedule(this, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return null; // the read time-outs still hold
        }
    }

    /** The time is over. */
    @Override
    public void run() {
        unlessClosed(NoReply.TIMEOUT);
    }

    /** The thread that does the work was interrupted. */
    void interrupted() {
        unlessClosed(NoReply.INTERRUPTED);
    }

    /** What comes late must not hit the work that follows, on the same session, for somebody else. */
    private synchronized void unlessClosed(NoReply why) {
        if (!closed) {
            work.breakOff(why);
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
