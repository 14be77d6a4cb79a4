package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparingWatchTest {

    private final AtomicInteger threads = new AtomicInteger();
    private final SparingWatch watch = new SparingWatch(task -> {
        threads.incrementAndGet();
        return new TimeOuts.Daemons("test-watch").newThread(task);
    });

    @AfterEach
    void end() {
        watch.shutdownNow();
    }

    @Test
    void what_is_due_before_it_would_look_again_is_run_in_time() throws Exception {
        watch.schedule(() -> "late", 1, TimeUnit.HOURS);
        ScheduledFuture<String> soon = watch.schedule(() -> "soon", 1, TimeUnit.MILLISECONDS);

        assertThat(soon.get(10, TimeUnit.SECONDS)).isEqualTo("soon");
    }

    @Test
    void each_is_run_once_and_none_before_its_time() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(20);
        AtomicInteger early = new AtomicInteger();
        for (int i = 20; i > 0; i--) {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(i);
            watch.schedule(
                    () -> {
                        runs.incrementAndGet();
                        if (System.nanoTime() - due < 0) {
                            early.incrementAndGet();
                        }
                        all.countDown();
                    },
                    i,
                    TimeUnit.MILLISECONDS);
        }

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        watch.schedule(() -> {}, 0, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);
        assertThat(runs).hasValue(20);
        assertThat(early).hasValue(0);
    }

    @Test
    void what_was_cancelled_is_not_run() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> cancelled = watch.schedule(runs::incrementAndGet, 5, TimeUnit.MILLISECONDS);
        assertThat(cancelled.cancel(false)).isTrue();

        watch.schedule(() -> {}, 10, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);

        assertThat(runs).hasValue(0);
        assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void one_that_fails_harms_no_other() throws Exception {
        ScheduledFuture<?> failing = watch.schedule(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                1,
                TimeUnit.MILLISECONDS);
        ScheduledFuture<String> next = watch.schedule(() -> "next", 2, TimeUnit.MILLISECONDS);

        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("next");
        assertThatThrownBy(() -> failing.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("on purpose");
    }

    @Test
    void its_thread_is_given_one_look_for_a_thousand_time_outs_that_were_cancelled() {
        for (int i = 0; i < 1000; i++) {
            watch.schedule(() -> "never", 1, TimeUnit.HOURS).cancel(true);
        }

        assertThat(watch.getQueue()).hasSize(1);
        assertThat(threads).hasValue(1);
    }

    @Test
    void at_rest_nothing_is_left_to_look_for() {
        ScheduledFuture<?> waiting = watch.schedule(() -> "never", 1, TimeUnit.HOURS);
        watch.rest();
        assertThat(watch.getQueue()).hasSize(1);

        waiting.cancel(true);
        watch.rest();

        assertThat(watch.getQueue()).isEmpty();
    }
}
