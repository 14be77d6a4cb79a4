package org.resilientmail.pool;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Opens one session in the background and puts it into the pool. Its failure is nobody's but its own. */
final class OpeningAhead<S> implements Runnable {

    private final SessionPool<S> pool;
    private final Slot<S> place;
    private final PoolLimits limits;
    private final NextSession<S> next;
    /** Of the sender: the application's socket factories are looked up in it, as for any connection. */
    private final ClassLoader applications;

    OpeningAhead(SessionPool<S> pool, Slot<S> place, PoolLimits limits, NextSession<S> next) {
        this.pool = pool;
        this.place = place;
        this.limits = limits;
        this.next = next;
        this.applications = Thread.currentThread().getContextClassLoader();
    }

    /** Begins, or gives the place up. */
    void begin(Executor background) {
        if (!next.isWelcome()) {
            pool.freePlace(place);
            return;
        }
        try {
            background.execute(this);
        } catch (RejectedExecutionException | SecurityException | OutOfMemoryError noThread) {
            pool.freePlace(place);
        }
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(applications);
            open();
        } catch (RuntimeException | Error e) {
            Housekeeper.warn(
                    "opening a session ahead of time failed: " + e.getClass().getName());
        } finally {
            thread.setContextClassLoader(own); // that of a web application is not to be held
        }
    }

    private void open() {
        Lease<S> lease;
        try {
            lease = pool.open(new Taken<>(place, false, Optional.empty()), limits, next::open);
        } catch (Exception e) {
            next.failed(e);
            return;
        }
        try {
            next.opened(lease);
        } finally {
            lease.giveBack(); // which closes it, if all were closed or the cap was lowered meanwhile
        }
    }
}
