package org.resilientmail.pool;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Closes idle sessions in time, on one daemon thread that exists only while there is something to watch: a redeployed
 * web application is not held by it, and neither is the JVM's exit. Thread-safe.
 */
public final class Housekeeper {

    private static final long LONGEST_NAP = TimeUnit.SECONDS.toNanos(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<SessionPool<?>> watched = new LinkedHashSet<>();
    private final String threadName;
    private final Runnable onStart;
    private final Runnable onEnd;
    private boolean running;
    /** When the first session known to be due is due, by {@link System#nanoTime()}, if {@link #anyDue}. */
    private long dueAt;

    private boolean anyDue;

    /**
     * Makes a housekeeper; its thread starts with the first pool to watch.
     *
     * @param threadName the name of its thread
     * @param onStart run on that thread when it begins to watch
     * @param onEnd run on that thread when nothing is left to watch; the next thread's {@code onStart} may be run before
     */
    public Housekeeper(String threadName, Runnable onStart, Runnable onEnd) {
        this.threadName = threadName;
        this.onStart = onStart;
        this.onEnd = onEnd;
    }

    /** Watches a pool, whose next session is due in the given time, until it has no idle session left. */
    void watch(SessionPool<?> pool, long dueInNanos) {
        lock.lock();
        try {
            watched.add(pool);
            if (dueBy(dueInNanos)) {
                changed.signal();
            }
            if (!running) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks again now, because idle sessions were closed by others: the thread may have nothing left to do. */
    void lookAgain() {
        lock.lock();
        try {
            if (dueBy(0)) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that something is due then; tells whether that is earlier than all that was known. */
    private boolean dueBy(long dueInNanos) {
        long at = System.nanoTime() + Math.min(dueInNanos, LONGEST_NAP);
        if (anyDue && at - dueAt >= 0) {
            return false;
        }
        anyDue = true;
        dueAt = at;
        return true;
    }

    private void start() {
        // Neither the caller's thread-locals nor its class loader: these may belong to a web application which is to be
        // collected.
        Thread thread = new Thread(null, this::run, threadName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Housekeeper.class.getClassLoader());
        running = true;
        try {
            thread.start();
        } catch (Throwable cannot) {
            // No thread to be had: sessions still end by lifetime and use; try again with the next one.
            running = false;
            warn("cannot start " + threadName + ": " + cannot);
        }
    }

    private void run() {
        boolean orderly = false;
        try {
            onStart.run();
            watchWhileNeeded();
            orderly = true;
        } finally {
            if (!orderly) {
                stopped(); // so that the next session starts another thread
            }
            onEnd.run();
        }
    }

    private void stopped() {
        lock.lock();
        try {
            running = false;
        } finally {
            lock.unlock();
        }
    }

    private void watchWhileNeeded() {
        while (true) {
            forgetWhatIsDue();
            long next = sweep();
            lock.lock();
            try {
                if (watched.isEmpty()) {
                    running = false;
                    return;
                }
                // What came to be due earlier during the sweep has been noted by watch().
                dueBy(next);
                for (long nap = dueAt - System.nanoTime(); nap > 0; nap = dueAt - System.nanoTime()) {
                    changed.awaitNanos(nap);
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; look at the pools again and go on.
            } finally {
                lock.unlock();
            }
        }
    }

    private void forgetWhatIsDue() {
        lock.lock();
        try {
            anyDue = false;
        } finally {
            lock.unlock();
        }
    }

    private long sweep() {
        long next = Long.MAX_VALUE;
        for (SessionPool<?> pool : snapshot()) {
            long due = Long.MAX_VALUE;
            try {
                due = pool.closeDue();
            } catch (RuntimeException | Error e) {
                warn("looking after idle sessions failed: " + e);
                due = LONGEST_NAP;
            }
            if (due == Long.MAX_VALUE) {
                forgetIfQuiet(pool);
            }
            next = Math.min(next, due);
        }
        return next;
    }

    /** Logs; a handler of the application's that throws costs nobody his send, and the idle sessions not their end. */
    static void warn(String what) {
        try {
            System.getLogger(Housekeeper.class.getName()) // not before: logging is the application's to begin
                    .log(System.Logger.Level.WARNING, what);
        } catch (RuntimeException | Error unloggable) {
            // There is nobody left to tell.
        }
    }

    private void forgetIfQuiet(SessionPool<?> pool) {
        lock.lock();
        try {
            watched.remove(pool);
        } finally {
            lock.unlock();
        }
        // A session may have come back between the sweep and the removal, when watch() changed nothing.
        long due = pool.nextDue();
        if (due != Long.MAX_VALUE) {
            watch(pool, due);
        }
    }

    private List<SessionPool<?>> snapshot() {
        lock.lock();
        try {
            return List.copyOf(watched);
        } finally {
            lock.unlock();
        }
    }
}
