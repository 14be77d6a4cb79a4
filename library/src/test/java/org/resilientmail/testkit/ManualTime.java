package org.resilientmail.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until it is told to go on, and a sleeper that only turns it. It begins just before the
 * overflow of {@link System#nanoTime()}, so that a comparison by {@code <} in place of a subtraction shows. Thread-safe.
 */
public final class ManualTime implements LongSupplier {

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
    private final List<Duration> slept = new ArrayList<>();

    @Override
    public long getAsLong() {
        return now.get();
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Lets time pass. */
    public void advanceNanos(long nanos) {
        now.addAndGet(nanos);
    }

    /** The moment after that time, for deadlines. */
    public long in(Duration time) {
        return now.get() + time.toNanos();
    }

    /** Lets time pass instead of waiting, unless the thread is interrupted, and remembers it. */
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        synchronized (slept) {
            slept.add(time);
        }
        advance(time);
    }

    /** The times slept so far, in order. A copy. */
    public List<Duration> slept() {
        synchronized (slept) {
            return List.copyOf(slept);
        }
    }
}
