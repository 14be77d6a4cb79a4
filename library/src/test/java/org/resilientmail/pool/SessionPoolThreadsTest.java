package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;

/** Several threads at one pool. */
@Timeout(60)
class SessionPoolThreadsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeSessions relay = new FakeSessions();
    private final SessionPool<String> pool = new SessionPool<>(
            relay, new Housekeeper("test-housekeeper", () -> {}, () -> {}), Runnable::run, System::nanoTime);
    private final Callers callers = new Callers();

    @AfterEach
    void end() {
        callers.close();
        pool.closeAll();
    }

    private static PoolLimits limits(int maxOpen) {
        return new PoolLimits(maxOpen, 1_000_000, LONG, LONG, LONG);
    }

    private static long later() {
        return System.nanoTime() + LONG.toNanos();
    }

    private Lease<String> lease(Object key, int maxOpen) throws Exception {
        return pool.lease(key, limits(maxOpen), later(), wait -> {}, relay::open);
    }

    private void awaitWaiting(int n) {
        Eventually.until(n + " callers wait", () -> pool.status().waiting() == n);
    }

    @Test
    void first_come_is_first_served() throws Exception {
        Lease<String> only = lease("key", 1);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Call<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            Object key = i % 2 == 0 ? "key" : "another";
            calls.add(callers.start(() -> {
                Lease<String> lease = lease(key, 1);
                served.add(number);
                lease.giveBack();
                return null;
            }));
            awaitWaiting(i + 1);
        }
        only.giveBack();
        calls.forEach(Call::get);
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(relay.mostOpen()).isEqualTo(1);
    }

    @Test
    void who_closes_a_surplus_session_does_not_lose_the_place_in_line() throws Exception {
        Lease<String> one = lease("alice", 2);
        Lease<String> two = lease("alice", 2);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        Call<Void> first = waiter("bob", served);
        awaitWaiting(1);
        Call<Void> second = waiter("carol", served);
        awaitWaiting(2);
        one.giveBack(); // bob closes it and has to wait for the other one
        Eventually.until("the surplus session is closed", () -> relay.closed.size() == 1);
        awaitWaiting(2);
        two.giveBack();
        first.get();
        second.get();
        assertThat(served).containsExactly("bob", "carol");
        assertThat(relay.openNow()).isEqualTo(1);
    }

    private Call<Void> waiter(String key, List<String> served) {
        return callers.start(() -> {
            Lease<String> lease = lease(key, 1);
            served.add(key);
            lease.giveBack();
            return null;
        });
    }

    @Test
    void an_interrupt_ends_the_wait_at_once_and_the_next_in_line_is_served() throws Exception {
        Lease<String> only = lease("key", 1);
        Call<Boolean> first = callers.start(() -> interruptedWhileLeasing());
        awaitWaiting(1);
        Call<Boolean> second = callers.start(() -> interruptedWhileLeasing());
        awaitWaiting(2);
        first.thread().interrupt();
        assertThat(first.get()).isTrue();
        assertThat(pool.status().waiting()).isEqualTo(1);
        only.giveBack();
        assertThat(second.get()).isFalse();
    }

    private boolean interruptedWhileLeasing() throws Exception {
        try {
            lease("key", 1).giveBack();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void an_interrupt_at_the_very_moment_of_the_turn_loses_neither_turn_nor_session() throws Exception {
        for (int round = 0; round < 500; round++) {
            Lease<String> only = lease("key", 1);
            Call<Boolean> first = callers.start(this::interruptedWhileLeasing);
            awaitWaiting(1);
            Call<Boolean> second = callers.start(this::interruptedWhileLeasing);
            awaitWaiting(2);
            CountDownLatch go = new CountDownLatch(1);
            Call<Void> interrupter = callers.start(() -> {
                go.await();
                first.thread().interrupt();
                return null;
            });
            go.countDown();
            only.giveBack();
            interrupter.get();
            first.get();
            assertThat(second.get()).isFalse();
            assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
        }
    }

    @Test
    void a_wait_ends_in_time_and_the_next_in_line_is_served() throws Exception {
        Lease<String> only = lease("key", 1);
        long start = System.nanoTime();
        Call<String> impatient = callers.start(() -> {
            try {
                pool.lease(
                        "key",
                        limits(1),
                        System.nanoTime() + Duration.ofMillis(50).toNanos(),
                        wait -> {},
                        relay::open);
                return "served";
            } catch (NoFreeSession e) {
                return e.getMessage();
            }
        });
        awaitWaiting(1);
        Call<Boolean> patient = callers.start(this::interruptedWhileLeasing);
        assertThat(impatient.get()).contains("1 open (1 in use, 0 idle, 0 opening or closing)", "at most 1 at once");
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        only.giveBack();
        assertThat(patient.get()).isFalse();
    }

    @Test
    void a_factory_that_fails_lets_the_next_in_line_open() throws Exception {
        CountDownLatch mayFail = new CountDownLatch(1);
        Call<String> failing = callers.start(() -> {
            try {
                pool.lease("key", limits(1), later(), wait -> {}, () -> {
                    mayFail.await();
                    throw new IOException("refused");
                });
                return "opened";
            } catch (IOException e) {
                return e.getMessage();
            }
        });
        Eventually.until("the place is taken", () -> pool.status().changing() == 1);
        Call<Boolean> next = callers.start(this::interruptedWhileLeasing);
        awaitWaiting(1);
        mayFail.countDown();
        assertThat(failing.get()).isEqualTo("refused");
        assertThat(next.get()).isFalse();
    }

    @Test
    void nothing_is_lost_whatever_64_threads_do_at_once() throws Exception {
        AtomicInteger inUse = new AtomicInteger();
        AtomicInteger mostInUse = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        List<Call<Void>> calls = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            Random random = new Random(t);
            calls.add(callers.start(() -> {
                for (int i = 0; i < 100; i++) {
                    if (random.nextInt(10) == 0) {
                        Thread.currentThread().interrupt();
                    }
                    try {
                        Lease<String> lease = pool.lease(random.nextInt(3), limits(4), later(), wait -> {}, () -> {
                            if (random.nextInt(10) == 0) {
                                throw new IOException("refused");
                            }
                            return relay.open();
                        });
                        mostInUse.accumulateAndGet(inUse.incrementAndGet(), Math::max);
                        served.incrementAndGet();
                        Thread.yield();
                        inUse.decrementAndGet();
                        if (random.nextInt(10) == 0) {
                            lease.discard(CloseReason.FAILURE);
                        } else {
                            lease.giveBack();
                        }
                    } catch (IOException e) {
                        // the next round tries again
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    Thread.interrupted();
                }
                return null;
            }));
        }
        calls.forEach(Call::get);
        assertThat(pool.status().leased()
                        + pool.status().changing()
                        + pool.status().waiting())
                .isZero();
        assertThat(relay.mostOpen()).isLessThanOrEqualTo(4);
        assertThat(mostInUse.get()).isLessThanOrEqualTo(4);
        assertThat(served.get()).isGreaterThan(3_000);
        assertThat(interrupted.get()).isPositive();
        pool.closeAll();
        assertThat(relay.openNow()).isZero();
    }
}
