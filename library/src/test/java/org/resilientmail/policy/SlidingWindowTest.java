package org.resilientmail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.ManualTime;

@Timeout(60)
class SlidingWindowTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();

    private SlidingWindow window(int permits) {
        return new SlidingWindow("test", permits, SECOND, time);
    }

    /** A grant: the relay sees the command at some time between the granting and the settling. */
    private static final class Grant {
        private final int permits;
        private final long from;
        private long to;

        Grant(int permits, long from) {
            this.permits = permits;
            this.from = from;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void never_more_than_the_limit_is_seen_in_any_span_of_the_period(long seed) {
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(30);
        SlidingWindow window = window(limit);
        List<Grant> all = new ArrayList<>();
        List<Grant> underWay = new ArrayList<>();
        long start = time.getAsLong();
        for (int step = 0; step < 4_000; step++) {
            if (random.nextInt(4) != 0) {
                time.advanceNanos(random.nextInt((int) (2 * SECOND.toNanos() / limit)));
            }
            int wanted = 1 + random.nextInt(limit);
            long wait = window.nanosUntil(wanted);
            if (wait == 0) {
                window.take(wanted);
                Grant grant = new Grant(wanted, time.getAsLong() - start);
                underWay.add(grant);
            } else if (wait != Long.MAX_VALUE && random.nextInt(3) == 0) {
                time.advanceNanos(wait);
                assertThat(window.nanosUntil(wanted))
                        .as("what it said the wait would be")
                        .isZero();
            }
            while (!underWay.isEmpty() && random.nextInt(3) != 0) {
                Grant grant = underWay.remove(random.nextInt(underWay.size()));
                if (random.nextInt(5) == 0) {
                    window.giveBack(grant.permits);
                } else {
                    grant.to = time.getAsLong() - start;
                    window.settle(grant.permits);
                    all.add(grant);
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(100);
        // The worst a relay can see: everything as late as possible before a moment, or as early as possible after it.
        for (Grant last : all) {
            long end = last.to;
            int seen = 0;
            for (Grant other : all) {
                // could be seen within (end - period, end]?
                boolean couldBe = other.from <= end && other.to > end - SECOND.toNanos();
                boolean isNewer = other.from > end;
                if (couldBe && !isNewer) {
                    seen += other.permits;
                }
            }
            assertThat(seen).as("seed " + seed + ", at " + end).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void what_is_used_comes_back_a_period_later_and_not_much_after() {
        SlidingWindow window = window(10);
        window.take(10);
        time.advance(SECOND);
        assertThat(window.nanosUntil(1)).as("not settled yet").isEqualTo(Long.MAX_VALUE);
        window.settle(10);
        assertThat(window.nanosUntil(1)).isEqualTo(SECOND.toNanos());
        time.advanceNanos(SECOND.toNanos() - 1);
        assertThat(window.nanosUntil(1)).isEqualTo(1);
        time.advanceNanos(1);
        assertThat(window.nanosUntil(10)).isZero();
    }

    @Test
    void permits_are_counted_one_by_one_as_they_come_back() {
        SlidingWindow window = window(3);
        for (int i = 0; i < 3; i++) {
            assertThat(window.acquirePermission(1)).isTrue();
            time.advance(Duration.ofMillis(100));
        }
        assertThat(window.nanosUntil(1)).isEqualTo(Duration.ofMillis(700).toNanos());
        assertThat(window.nanosUntil(2)).isEqualTo(Duration.ofMillis(800).toNanos());
        assertThat(window.nanosUntil(3)).isEqualTo(Duration.ofMillis(900).toNanos());
    }

    @Test
    void a_full_rate_is_reached_and_held() {
        SlidingWindow window = window(100);
        int passed = 0;
        for (int millis = 0; millis < 60_000; millis += 10) {
            while (window.acquirePermission(1)) {
                passed++;
            }
            time.advance(Duration.ofMillis(10));
        }
        assertThat(passed).isBetween(5_900, 6_000);
    }

    @Test
    void resilience4j_s_own_limiter_lets_twice_the_limit_through_where_two_cycles_meet_and_this_one_does_not() {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(20)
                .limitRefreshPeriod(SECOND)
                .timeoutDuration(Duration.ZERO)
                .build();
        AtomicRateLimiter cycles = new AtomicRateLimiter("cycles", config, time::getAsLong);
        SlidingWindow sliding = window(20);
        time.advance(Duration.ofMillis(999));
        int byCycles = passing(cycles);
        int bySliding = passing(sliding);
        time.advance(Duration.ofMillis(2));
        byCycles += passing(cycles);
        bySliding += passing(sliding);
        assertThat(byCycles).as("within two milliseconds, at 20 a second").isEqualTo(40);
        assertThat(bySliding).isEqualTo(20);
    }

    private static int passing(io.github.resilience4j.ratelimiter.RateLimiter limiter) {
        int passed = 0;
        while (limiter.acquirePermission()) {
            passed++;
        }
        return passed;
    }

    @Test
    void what_was_given_back_was_never_taken() {
        SlidingWindow window = window(5);
        window.take(5);
        window.giveBack(5);
        assertThat(window.nanosUntil(5)).isZero();
    }

    @Test
    void more_than_the_limit_is_refused_at_once_however_much() {
        SlidingWindow window = window(5);
        window.changeTimeoutDuration(Duration.ofMinutes(5));
        assertThat(window.acquirePermission(1)).isTrue();
        assertThat(window.acquirePermission(6)).isFalse();
        assertThat(window.acquirePermission(Integer.MAX_VALUE)).isFalse();
        assertThat(window.reservePermission(Integer.MAX_VALUE)).isNegative();
    }

    @Test
    void the_interface_of_resilience4j_is_kept() {
        SlidingWindow window = window(3);
        AtomicInteger successes = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        window.getEventPublisher()
                .onSuccess(event -> successes.incrementAndGet())
                .onFailure(event -> failures.incrementAndGet());
        assertThat(window.getName()).isEqualTo("test");
        assertThat(window.getTags()).isEmpty();
        assertThat(window.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(3);
        assertThat(window.getRateLimiterConfig().getLimitRefreshPeriod()).isEqualTo(SECOND);
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(3);
        assertThat(window.acquirePermission()).isTrue();
        assertThat(window.reservePermission()).isZero();
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(1);
        window.drainPermissions();
        assertThat(window.getMetrics().getAvailablePermissions()).isZero();
        assertThat(window.acquirePermission()).isFalse();
        assertThat(window.reservePermission()).isNegative();
        assertThat(successes.get()).isEqualTo(1);
        assertThat(failures.get()).isEqualTo(1);
        window.changeLimitForPeriod(5);
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(2);
        time.advance(SECOND);
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(5);
        assertThat(window.getMetrics().getNumberOfWaitingThreads()).isZero();
    }

    @Test
    void who_waits_is_woken_by_what_is_given_back() {
        SlidingWindow window = new SlidingWindow("test", 1, Duration.ofDays(1), System::nanoTime);
        window.changeTimeoutDuration(Duration.ofMinutes(5));
        window.take(1);
        try (Callers callers = new Callers()) {
            Call<Boolean> call = callers.start(() -> window.acquirePermission(1));
            Eventually.until("one waits", () -> window.getMetrics().getNumberOfWaitingThreads() == 1);
            window.giveBack(1);
            assertThat(call.get()).isTrue();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() {
        SlidingWindow window = new SlidingWindow("test", 1, Duration.ofDays(1), System::nanoTime);
        window.changeTimeoutDuration(Duration.ofMinutes(5));
        window.take(1);
        try (Callers callers = new Callers()) {
            Call<List<Boolean>> call = callers.start(() ->
                    List.of(window.acquirePermission(1), Thread.currentThread().isInterrupted()));
            Eventually.until("one waits", () -> window.getMetrics().getNumberOfWaitingThreads() == 1);
            call.thread().interrupt();
            assertThat(call.get()).containsExactly(false, true);
        }
    }

    @Test
    void a_window_of_a_million_stays_small_in_memory_and_exact_in_sum() {
        SlidingWindow window = window(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            window.take(1);
            window.settle(1);
            time.advanceNanos(500);
        }
        assertThat(window.kept()).isLessThan(1_100);
        assertThat(window.getMetrics().getAvailablePermissions()).isZero();
        time.advance(Duration.ofMillis(500).plusNanos(SECOND.toNanos() / 1_000));
        assertThat(window.getMetrics().getAvailablePermissions()).isPositive();
        time.advance(SECOND);
        assertThat(window.getMetrics().getAvailablePermissions()).isEqualTo(1_000_000);
    }
}
