package org.resilientmail.smtp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Schedules time-outs: what nearly always is cancelled long before its time. Java's own scheduler wakes its thread for each
 * task that would be the next one, which is each write and each message of a sender that sends alone. This one looks again
 * when the first of them was due, whatever became of it, and its thread is woken only for what is due before that.
 * Thread-safe.
 */
final class SparingWatch extends ScheduledThreadPoolExecutor {

    /** Guarded by itself, as are the two below. What is scheduled, and neither run nor cancelled. */
    private final Set<TimeOut<?>> waiting = new HashSet<>();

    private ScheduledFuture<?> look;
    private long lookAt;

    SparingWatch(ThreadFactory threads) {
        super(1, threads);
        setRemoveOnCancelPolicy(true);
        setKeepAliveTime(1, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable what, long delay, TimeUnit unit) {
        return schedule(Executors.callable(what), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> what, long delay, TimeUnit unit) {
        TimeOut<V> made = new TimeOut<>(what, System.nanoTime() + unit.toNanos(Math.max(0, delay)));
        synchronized (waiting) {
            lookBy(made.due); // first: where there is no thread for it, it was not scheduled
            waiting.add(made);
        }
        return made;
    }

    /** Nothing is sent for a while: where nothing waits, the thread need not either. */
    void rest() {
        synchronized (waiting) {
            if (waiting.isEmpty() && look != null) {
                look.cancel(false);
                look = null;
            }
        }
    }

    private void lookBy(long due) {
        if (look != null && lookAt - due <= 0) {
            return;
        }
        ScheduledFuture<?> sooner =
                super.schedule(new Look(), Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (look != null) {
            look.cancel(false);
        }
        look = sooner;
        lookAt = due;
    }

    private void look() {
        List<TimeOut<?>> over = new ArrayList<>();
        synchronized (waiting) {
            look = null;
            long now = System.nanoTime();
            TimeOut<?> next = null;
            for (TimeOut<?> each : waiting) {
                if (each.due - now <= 0) {
                    over.add(each);
                } else if (next == null || each.due - next.due < 0) {
                    next = each;
                }
            }
            if (next != null) {
                lookBy(next.due);
            }
        }
        for (TimeOut<?> each : over) {
            each.run(); // without the lock
        }
    }

    private final class Look implements Runnable {

        @Override
        public void run() {
            look();
        }
    }

    /** One of them. */
    private final class TimeOut<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long due;

        TimeOut(Callable<V> what, long due) {
            super(what);
            this.due = due;
        }

        /** Run or cancelled. */
        @Override
        protected void done() {
            synchronized (waiting) {
                waiting.remove(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
