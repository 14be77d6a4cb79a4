package org.resilientmail.policy;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnSuccessEvent;
import io.github.resilience4j.ratelimiter.internal.RateLimiterEventProcessor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A Resilience4j rate limiter that never lets more than its limit through in <em>any</em> span of its period.
 * Resilience4j's own limiter counts in fixed cycles: used up at the end of one and again at the start of the next, twice
 * the limit passes within a moment, and a relay that counts over a sliding hour refuses. Thread-safe.
 *
 * <p>A permit counts from when it is granted until a period after it is {@linkplain #settle settled}, which is when the
 * relay has surely seen the command it was for: however long that took, the relay's own count stays within the limit.
 */
final class SlidingWindow implements RateLimiter {

    /** Expiries within this part of a period are kept as one, so that a window of a million permits stays small. */
    private static final int RESOLUTION = 1_000;

    private final String name;
    private final LongSupplier nanoTime;
    private final RateLimiterEventProcessor events = new RateLimiterEventProcessor();
    private final Deque<Expiry> expiries = new ArrayDeque<>();
    private volatile RateLimiterConfig config;
    private int unsettled;
    private int settled;
    private int waiting;

    SlidingWindow(String name, int permits, Duration period, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.config = RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(period)
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    int limit() {
        return config.getLimitForPeriod();
    }

    Duration period() {
        return config.getLimitRefreshPeriod();
    }

    /**
     * How long until {@code permits} can be had: 0 when they can now, {@link Long#MAX_VALUE} when that depends on others
     * settling first.
     */
    synchronized long nanosUntil(int permits) {
        long now = nanoTime.getAsLong();
        expire(now);
        long missing = (long) unsettled + settled + permits - limit();
        if (missing <= 0) {
            return 0;
        }
        for (Expiry expiry : expiries) {
            missing -= expiry.permits;
            if (missing <= 0) {
                return Math.max(1, expiry.at - now);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Takes permits that {@link #nanosUntil} said can be had now. */
    synchronized void take(int permits) {
        unsettled += permits;
    }

    /** Tells that the relay has seen what these permits were for; they come back a period from now. */
    synchronized void settle(int permits) {
        unsettled -= permits;
        settled += permits;
        long at = nanoTime.getAsLong() + period().toNanos();
        Expiry last = expiries.peekLast();
        if (last != null && at - last.firstAt < period().toNanos() / RESOLUTION) {
            last.permits += permits;
            last.at = at; // rounded up: late is safe, early is not
        } else {
            expiries.addLast(new Expiry(at, permits));
        }
        notifyAll(); // from now on it is known when they come back
    }

    /** Takes permits back as if never granted: nothing was sent for them. */
    synchronized void giveBack(int permits) {
        unsettled -= permits;
        notifyAll();
    }

    /** How many entries are kept; bounded by the resolution, not by the number of permits. */
    synchronized int kept() {
        return expiries.size();
    }

    private void expire(long now) {
        for (Expiry first = expiries.peekFirst(); first != null && first.at - now <= 0; first = expiries.peekFirst()) {
            settled -= first.permits;
            expiries.removeFirst();
        }
    }

    @Override
    public boolean acquirePermission(int permits) {
        long deadline = nanoTime.getAsLong() + config.getTimeoutDuration().toNanos();
        synchronized (this) {
            waiting++;
        }
        try {
            while (!tryTakeSettled(permits)) {
                long left = deadline - nanoTime.getAsLong();
                if (left <= 0 || permits > limit() || Thread.currentThread().isInterrupted()) {
                    events.consumeEvent(new RateLimiterOnFailureEvent(name, permits));
                    return false;
                }
                if (!waitForChange(Math.min(left, nanosUntil(permits)))) {
                    Thread.currentThread().interrupt(); // as the interface says: not granted, and still interrupted
                }
            }
            events.consumeEvent(new RateLimiterOnSuccessEvent(name, permits));
            return true;
        } finally {
            synchronized (this) {
                waiting--;
            }
        }
    }

    /** Waits until permits may have come back; {@code false} when interrupted. */
    private synchronized boolean waitForChange(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized boolean tryTakeSettled(int permits) {
        if (nanosUntil(permits) != 0) {
            return false;
        }
        take(permits);
        settle(permits);
        return true;
    }

    @Override
    public long reservePermission(int permits) {
        return tryTakeSettled(permits) ? 0 : -1;
    }

    @Override
    public synchronized void drainPermissions() {
        expire(nanoTime.getAsLong());
        int left = Math.max(0, limit() - unsettled - settled);
        take(left);
        settle(left);
    }

    @Override
    public synchronized void changeTimeoutDuration(Duration timeout) {
        config = RateLimiterConfig.from(config).timeoutDuration(timeout).build();
    }

    @Override
    public synchronized void changeLimitForPeriod(int permits) {
        config = RateLimiterConfig.from(config).limitForPeriod(permits).build();
        notifyAll();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public RateLimiterConfig getRateLimiterConfig() {
        return config;
    }

    @Override
    public Map<String, String> getTags() {
        return Map.of();
    }

    @Override
    public EventPublisher getEventPublisher() {
        return events;
    }

    @Override
    public Metrics getMetrics() {
        return new Metrics() {
            @Override
            public int getNumberOfWaitingThreads() {
                synchronized (SlidingWindow.this) {
                    return waiting;
                }
            }

            @Override
            public int getAvailablePermissions() {
                synchronized (SlidingWindow.this) {
                    expire(nanoTime.getAsLong());
                    return limit() - unsettled - settled;
                }
            }
        };
    }

    @Override
    public String toString() {
        return limit() + "/" + TimeUnit.NANOSECONDS.toMillis(period().toNanos()) + "ms";
    }

    /** Permits that come back together: at the latest time any of them has to. */
    private static final class Expiry {
        private final long firstAt;
        private long at;
        private int permits;

        Expiry(long at, int permits) {
            this.firstAt = at;
            this.at = at;
            this.permits = permits;
        }
    }
}
