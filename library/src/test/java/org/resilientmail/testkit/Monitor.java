package org.resilientmail.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one lock of a server's state, with waiting for that state to change. Thread-safe. */
final class Monitor {

    /** How long an await without a time of its own lasts: long enough for a loaded machine. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Reads under the lock. */
    <T> T read(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    /** Changes state under the lock and wakes everybody who waits for a change. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Changes state under the lock, wakes everybody who waits, and returns what the change returned. */
    <T> T changing(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds; returns whether it did before the time was over. */
    boolean waitUntil(BooleanSupplier condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds, without a limit; the condition has to include the closing of the server. */
    void waitUntil(BooleanSupplier condition) {
        waitUntil(condition, Duration.ofNanos(TimeUnit.DAYS.toNanos(1)));
    }

    /** Waits until the condition holds and fails the test with the description if it does not in time. */
    void require(BooleanSupplier condition, Duration atMost, Supplier<String> description) {
        if (!waitUntil(condition, atMost)) {
            throw new AssertionError("after " + atMost + ": " + read(description));
        }
    }
}
