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

    private static final System.Logger LOG = System.getLogger(Housekeeper.class.getName());

    private static final long LONGEST_NAP = TimeUnit.SECONDS.toNanos(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<SessionPool<?>> watched = new LinkedHashSet<>();
    private final String threadName;
    private final Runnable onStart;
    private final Runnable onEnd;
    private boolean running;
    private boolean lookAgain;
    /** When the thread will look again, by {@link System#nanoTime()}. */
    private long wakeAt;

    /**
     * Makes a housekeeper; its thread starts with the first pool to watch.
     *
     * @param threadName the name of its thread
     * @param onStart run on that thread when it begins to watch
     * @param onEnd run on that thread when nothing is left to watch
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
            if (System.nanoTime() + dueInNanos - wakeAt < 0) {
                changed.signal();
            }
            if (!running) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There may be nothing left to watch: a thread that slept on would hold the class loader of a stopped application. */
    void lookAgain() {
        lock.lock();
        try {
            lookAgain = true; // in case it is on its way to sleep
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        Thread thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        // Not the caller's: that one may belong to a web application which is to be collected.
        thread.setContextClassLoader(Housekeeper.class.getClassLoader());
        running = true;
        wakeAt = System.nanoTime();
        try {
            thread.start();
        } catch (Throwable cannot) {
            // No thread to be had: sessions still end by lifetime and use; try again with the next one.
            running = false;
            LOG.log(System.Logger.Level.WARNING, "cannot start " + threadName + ": " + cannot);
        }
    }

    private void run() {
        onStart.run();
        try {
            watchWhileNeeded();
        } finally {
            onEnd.run();
        }
    }

    private void watchWhileNeeded() {
        while (true) {
            long wait = sweep();
            lock.lock();
            try {
                if (watched.isEmpty()) {
                    running = false;
                    return;
                }
                long nap = lookAgain ? 0 : Math.min(wait, LONGEST_NAP);
                lookAgain = false;
                wakeAt = System.nanoTime() + nap;
                changed.awaitNanos(nap);
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; look at the pools again and go on.
            } finally {
                lock.unlock();
            }
        }
    }

    private long sweep() {
        long next = Long.MAX_VALUE;
        for (SessionPool<?> pool : snapshot()) {
            long due = Long.MAX_VALUE;
            try {
                due = pool.closeDue();
            } catch (RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.WARNING, "closing idle sessions failed: " + e);
            }
            if (due == Long.MAX_VALUE) {
                forgetIfQuiet(pool);
            }
            next = Math.min(next, due);
        }
        return next;
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
