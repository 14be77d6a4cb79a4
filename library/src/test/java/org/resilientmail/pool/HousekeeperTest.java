package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.testkit.Eventually;

@Timeout(60)
class HousekeeperTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final String name = "test-housekeeper-" + NUMBERS.incrementAndGet();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Housekeeper housekeeper = new Housekeeper(name, started::incrementAndGet, ended::incrementAndGet);

    private SessionPool<String> pool(SessionCloser<String> closer) {
        return new SessionPool<>(closer, housekeeper, Runnable::run, System::nanoTime);
    }

    private static void use(SessionPool<String> pool, Object key, Duration maxIdle) throws Exception {
        PoolLimits limits = new PoolLimits(10, 10, LONG, maxIdle, Duration.ZERO);
        pool.lease(key, limits, System.nanoTime(), wait -> {}, () -> "session").giveBack();
    }

    private Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findAny();
    }

    private void awaitNoThread() {
        Eventually.until("no thread " + name, () -> thread().isEmpty());
    }

    @Test
    void an_idle_session_is_closed_in_time_and_not_before() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<CloseReason> why = new AtomicReference<>();
        SessionPool<String> pool = pool((session, uses, reason) -> {
            why.set(reason);
            closed.countDown();
        });
        long start = System.nanoTime();
        use(pool, "key", SHORT);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(why.get()).isEqualTo(CloseReason.MAX_IDLE);
    }

    @Test
    void the_thread_ends_when_nothing_is_left_and_another_begins_with_the_next_session() throws Exception {
        SessionPool<String> pool = pool((session, uses, reason) -> {});
        for (int round = 1; round <= 3; round++) {
            use(pool, "key", SHORT);
            int expected = round;
            Eventually.until("begun and ended " + round, () -> started.get() == expected && ended.get() == expected);
            awaitNoThread();
            assertThat(pool.status().open()).isZero();
        }
    }

    @Test
    void a_pool_that_was_emptied_by_others_does_not_keep_the_thread() throws Exception {
        SessionPool<String> pool = pool((session, uses, reason) -> {});
        use(pool, "key", LONG);
        Eventually.until("the thread watches", () -> started.get() == 1);
        pool.closeAll();
        Eventually.until("the thread ends", () -> ended.get() == 1);
    }

    @Test
    void no_thread_is_needed_where_nothing_is_idle() throws Exception {
        SessionPool<String> pool = pool((session, uses, reason) -> {});
        PoolLimits limits = new PoolLimits(1, 10, LONG, LONG, Duration.ZERO);
        pool.lease("key", limits, System.nanoTime(), wait -> {}, () -> "session")
                .discard(CloseReason.FAILURE);
        assertThat(thread()).isEmpty();
        assertThat(started.get()).isZero();
    }

    @Test
    void a_session_due_sooner_than_all_others_is_not_waited_for_too_long() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        SessionPool<String> slow = pool((session, uses, reason) -> {});
        SessionPool<String> quick = pool((session, uses, reason) -> closed.countDown());
        use(slow, "key", LONG);
        Eventually.until(
                "the thread naps", () -> thread().map(Thread::getState).orElse(null) == Thread.State.TIMED_WAITING);
        use(quick, "key", SHORT);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        slow.closeAll();
    }

    @Test
    void a_session_given_back_while_another_is_closed_is_not_forgotten() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        SessionPool<String> slow = pool((session, uses, reason) -> {
            closing.countDown();
            awaitUninterruptibly(mayGoOn);
        });
        SessionPool<String> quick = pool((session, uses, reason) -> closed.countDown());
        use(slow, "one", SHORT);
        use(slow, "two", LONG);
        assertThat(closing.await(20, TimeUnit.SECONDS)).isTrue();
        use(quick, "key", Duration.ofMillis(500)); // the thread's plan for its next nap is being made without it
        mayGoOn.countDown();
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        slow.closeAll();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_closer_that_fails_does_not_end_the_care_for_the_others() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        SessionPool<String> failing = pool((session, uses, reason) -> {
            throw new StackOverflowError("as the test wants it");
        });
        SessionPool<String> good = pool((session, uses, reason) -> closed.countDown());
        use(failing, "key", SHORT);
        use(good, "key", SHORT.multipliedBy(3));
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        Eventually.until("the thread ends", () -> ended.get() == started.get());
        assertThat(failing.status().open()).isZero();
    }

    @Test
    void after_a_start_that_failed_the_next_session_starts_again() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        AtomicInteger ends = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        Housekeeper unlucky = new Housekeeper(
                name,
                () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
                    if (starts.incrementAndGet() == 1) {
                        throw new IllegalStateException("as the test wants it");
                    }
                },
                ends::incrementAndGet);
        SessionPool<String> pool = new SessionPool<>(
                (session, uses, reason) -> closed.countDown(), unlucky, Runnable::run, System::nanoTime);
        use(pool, "one", LONG);
        Eventually.until("the first thread is gone", () -> ends.get() == 1);
        use(pool, "two", SHORT);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        pool.closeAll();
    }

    @Test
    void an_interrupt_does_not_end_the_thread() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        SessionPool<String> pool = pool((session, uses, reason) -> closed.countDown());
        use(pool, "key", Duration.ofMillis(300));
        Eventually.until("the thread lives", () -> thread().isPresent());
        thread().ifPresent(Thread::interrupt);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_thread_is_a_daemon_and_holds_nothing_of_its_starter() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        AtomicReference<String> inherited = new AtomicReference<>();
        AtomicReference<Thread> seen = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        Housekeeper observed = new Housekeeper(
                name,
                () -> {
                    inherited.set(local.get());
                    seen.set(Thread.currentThread());
                    loader.set(Thread.currentThread().getContextClassLoader());
                    ready.countDown();
                },
                () -> {});
        SessionPool<String> pool =
                new SessionPool<>((session, uses, reason) -> {}, observed, Runnable::run, System::nanoTime);
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (URLClassLoader webApplication = new URLClassLoader(new URL[0], before)) {
            current.setContextClassLoader(webApplication);
            local.set("the application's");
            use(pool, "key", LONG);
            assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(loader.get()).isNotSameAs(webApplication).isSameAs(Housekeeper.class.getClassLoader());
        } finally {
            local.remove();
            current.setContextClassLoader(before);
        }
        assertThat(inherited.get()).isNull();
        assertThat(seen.get().isDaemon()).isTrue();
        pool.closeAll();
    }
}
