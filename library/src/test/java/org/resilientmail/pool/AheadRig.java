package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.resilientmail.testkit.ManualTime;

/**
 * A pool for one sender after the other. Opening takes 280 ms, a use 40, as at a distance of 40; the background does its
 * work when the test says so.
 */
abstract class AheadRig {

    static final Duration OPENING = Duration.ofMillis(280);
    static final Duration USE = Duration.ofMillis(40);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final PoolLimits TWO = limits(2);

    final ManualTime time = new ManualTime();
    final FakeSessions relay = new FakeSessions();
    final Deque<Runnable> tasks = new ArrayDeque<>();
    boolean noThread;
    final SessionPool<String> pool =
            new SessionPool<>(relay, new Housekeeper("test-housekeeper", () -> {}, () -> {}), this::inBackground, time);
    final Next next = new Next();

    final class Next implements NextSession<String> {

        final List<Exception> failures = new ArrayList<>();
        final List<String> opened = new ArrayList<>();
        boolean welcome = true;
        IOException refusal;

        @Override
        public boolean isWelcome() {
            return welcome;
        }

        @Override
        public String open() throws IOException {
            if (refusal != null) {
                throw refusal;
            }
            return slowly();
        }

        @Override
        public void opened(Lease<String> lease) {
            opened.add(lease.session());
        }

        @Override
        public void failed(Exception why) {
            assertThat(pool.status().changing()).as("its place is free").isZero();
            failures.add(why);
        }
    }

    static PoolLimits limits(int maxOpen) {
        return new PoolLimits(maxOpen, 20, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    void inBackground(Runnable task) {
        if (noThread) {
            throw new RejectedExecutionException("no thread, as the test wants it");
        }
        tasks.add(task);
    }

    void runBackground() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    String slowly() {
        time.advance(OPENING);
        return relay.open();
    }

    Lease<String> lease(Object key, PoolLimits limits) throws Exception {
        Lease<String> lease = pool.lease(key, limits, time.in(MINUTE), wait -> {}, this::slowly);
        lease.followedBy(next);
        return lease;
    }

    void finish(Lease<String> lease) {
        lease.countUse();
        time.advance(USE);
        lease.giveBack();
    }

    /** The sessions that were used, one use after the other. */
    List<String> use(int times, PoolLimits limits) throws Exception {
        List<String> used = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Lease<String> lease = lease("key", limits);
            used.add(lease.session());
            finish(lease);
        }
        return used;
    }
}
