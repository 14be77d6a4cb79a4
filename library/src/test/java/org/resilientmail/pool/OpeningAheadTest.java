package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.ManualTime;

/** Opening takes 280 ms, a use 40, as at a distance of 40; the background does its work when the test says so. */
@Timeout(60)
class OpeningAheadTest {

    private static final Duration OPENING = Duration.ofMillis(280);
    private static final Duration USE = Duration.ofMillis(40);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final PoolLimits TWO = limits(2);

    private final ManualTime time = new ManualTime();
    private final FakeSessions relay = new FakeSessions();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean noThread;
    private final SessionPool<String> pool =
            new SessionPool<>(relay, new Housekeeper("test-housekeeper", () -> {}, () -> {}), this::inBackground, time);
    private final Next next = new Next();

    private final class Next implements NextSession<String> {

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

    private static PoolLimits limits(int maxOpen) {
        return new PoolLimits(maxOpen, 20, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private void inBackground(Runnable task) {
        if (noThread) {
            throw new RejectedExecutionException("no thread, as the test wants it");
        }
        tasks.add(task);
    }

    private void runBackground() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private String slowly() {
        time.advance(OPENING);
        return relay.open();
    }

    private Lease<String> lease(Object key, PoolLimits limits) throws Exception {
        Lease<String> lease = pool.lease(key, limits, time.in(MINUTE), wait -> {}, this::slowly);
        lease.followedBy(next);
        return lease;
    }

    private void finish(Lease<String> lease) {
        lease.countUse();
        time.advance(USE);
        lease.giveBack();
    }

    /** The sessions that were used, one use after the other. */
    private List<String> use(int times, PoolLimits limits) throws Exception {
        List<String> used = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Lease<String> lease = lease("key", limits);
            used.add(lease.session());
            finish(lease);
        }
        return used;
    }

    @Test
    void a_session_in_steady_use_has_its_successor_opened_when_little_more_is_left_than_an_opening_takes()
            throws Exception {
        use(9, TWO);
        assertThat(tasks).isEmpty();
        use(1, TWO);
        assertThat(tasks).hasSize(1);
        use(3, TWO);
        assertThat(tasks).as("one is under way").hasSize(1);
        runBackground();
        assertThat(next.opened).containsExactly("s2");
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 2, 0, 0));
    }

    @Test
    void the_old_session_is_used_up_first_and_then_the_fresh_one_goes_on_at_its_pace() throws Exception {
        use(10, TWO);
        runBackground();
        assertThat(use(10, TWO)).containsOnly("s1");
        runBackground();
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAX_USES).hasSize(1);
        assertThat(use(8, TWO)).containsOnly("s2");
        assertThat(tasks).isEmpty();
        use(1, TWO);
        assertThat(tasks).as("11 uses are left, of 40 ms each").hasSize(1);
    }

    @Test
    void short_sessions_follow_each_other_without_a_gap_as_well() throws Exception {
        PoolLimits five = new PoolLimits(4, 5, MINUTE, Duration.ofSeconds(30), Duration.ZERO);
        use(3, five);
        runBackground();
        for (int i = 0; i < 30; i++) {
            assertThat(pool.status().idle()).isPositive();
            use(1, five);
            runBackground();
        }
        assertThat(relay.mostOpen()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_sender_who_pauses_for_longer_than_an_opening_takes_has_none_opened() throws Exception {
        for (int i = 0; i < 19; i++) {
            use(1, TWO);
            time.advance(OPENING.plusNanos(1));
        }
        assertThat(tasks).isEmpty();
        use(1, TWO);
        assertThat(tasks).as("but the old one is closed behind his back").hasSize(1);
        runBackground();
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAX_USES);
    }

    @Test
    void a_few_uses_are_no_steady_use() throws Exception {
        PoolLimits three = new PoolLimits(2, 3, MINUTE, MINUTE, Duration.ZERO);
        use(2, three);
        assertThat(tasks).isEmpty();
    }

    @Test
    void a_session_that_comes_to_its_age_is_succeeded_too() throws Exception {
        PoolLimits aging = new PoolLimits(2, 1_000, Duration.ofSeconds(4), Duration.ofSeconds(30), Duration.ZERO);
        use(82, aging);
        assertThat(tasks).as("3560 ms old").isEmpty();
        use(1, aging);
        assertThat(tasks).as("3600 ms old").hasSize(1);
    }

    @Test
    void the_cap_forbids() throws Exception {
        use(19, limits(1));
        assertThat(tasks).isEmpty();
        use(1, limits(1));
        assertThat(pool.status().changing())
                .as("the place is taken until the old one is closed")
                .isEqualTo(1);
        assertThatThrownBy(() -> pool.lease("key", limits(1), time.in(Duration.ZERO), wait -> {}, this::slowly))
                .isInstanceOf(NoFreeSession.class);
        runBackground();
        assertThat(use(1, limits(1))).containsExactly("s2");
        assertThat(relay.mostOpen()).isEqualTo(1);
    }

    @Test
    void a_cap_that_others_fill_forbids() throws Exception {
        Lease<String> others = lease("another", TWO);
        use(19, TWO);
        assertThat(tasks).isEmpty();
        others.giveBack();
    }

    @Test
    void a_session_that_stands_idle_is_enough() throws Exception {
        Lease<String> one = lease("key", limits(4));
        lease("key", limits(4)).giveBack();
        one.giveBack();
        use(19, limits(4));
        assertThat(tasks).isEmpty();
    }

    private void useThreeAtOnce(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            List<Lease<String>> busy = new ArrayList<>();
            for (int s = 0; s < 3; s++) {
                busy.add(lease("key", limits(8)));
            }
            busy.forEach(this::finish);
        }
    }

    @Test
    void each_session_that_comes_to_its_end_counts_but_two_at_most_are_opened_together() throws Exception {
        useThreeAtOnce(15);
        assertThat(tasks).as("5 uses are left to each, of 120 ms").isEmpty();
        useThreeAtOnce(1);
        assertThat(tasks).hasSize(2);
        runBackground();
        useThreeAtOnce(3); // they have to be found in steady use again
        runBackground();
        assertThat(relay.opened()).as("three, and one more for each").isEqualTo(6);
        assertThat(relay.closed).isEmpty();
    }

    @Test
    void a_failure_harms_nobody_and_is_not_repeated_until_a_session_could_be_opened() throws Exception {
        next.refusal = new IOException("refused, as the test wants it");
        use(10, TWO);
        runBackground();
        assertThat(next.failures).containsExactly(next.refusal);
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
        assertThat(use(10, TWO)).containsOnly("s1");
        runBackground();
        assertThat(next.failures).hasSize(1);
        next.refusal = null;
        use(10, TWO);
        runBackground();
        assertThat(next.opened).containsExactly("s3");
    }

    @Test
    void nothing_is_opened_where_it_is_not_welcome() throws Exception {
        next.welcome = false;
        use(19, TWO);
        assertThat(tasks).isEmpty();
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
    }

    @Test
    void without_a_thread_to_be_had_nothing_is_opened_and_the_old_session_is_closed_by_its_sender() throws Exception {
        noThread = true;
        use(20, TWO);
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAX_USES);
        assertThat(pool.status().open()).isZero();
    }

    @Test
    void what_is_being_opened_when_all_are_closed_is_closed_as_well() throws Exception {
        use(10, TWO);
        pool.closeAll();
        runBackground();
        assertThat(relay.closed).containsEntry("s1", CloseReason.SHUTDOWN).containsEntry("s2", CloseReason.SHUTDOWN);
        assertThat(pool.status().open()).isZero();
    }

    @Test
    void what_is_being_opened_when_nobody_sends_any_more_idles_out() throws Exception {
        use(10, TWO);
        runBackground();
        time.advance(Duration.ofSeconds(30));
        assertThat(pool.closeDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAX_IDLE).containsEntry("s2", CloseReason.MAX_IDLE);
    }

    @Test
    void the_fresh_session_serves_a_second_sender_at_once() throws Exception {
        use(10, TWO);
        runBackground();
        Lease<String> one = lease("key", TWO);
        Lease<String> two = lease("key", TWO);
        assertThat(List.of(one.session(), two.session())).containsExactly("s1", "s2");
        finish(one);
        finish(two);
    }

    @Test
    void the_fresh_session_makes_room_for_another_key() throws Exception {
        use(10, TWO);
        runBackground();
        assertThat(lease("another", TWO).session()).isEqualTo("s3");
        assertThat(relay.closed).containsEntry("s2", CloseReason.MAKE_ROOM);
        assertThat(use(1, TWO)).containsExactly("s1");
    }

    @Test
    void who_needs_the_session_while_it_is_being_opened_waits_for_it() throws Exception {
        use(10, limits(4));
        Lease<String> old = lease("key", limits(4)); // in use elsewhere
        try (Callers callers = new Callers()) {
            Call<String> second = callers.start(() -> lease("key", limits(4)).session());
            Eventually.until("he stands in line", () -> pool.status().waiting() == 1);
            runBackground();
            assertThat(second.get()).isEqualTo("s2");
        }
        assertThat(relay.opened()).isEqualTo(2);
        old.giveBack();
    }

    @Test
    void nobody_waits_longer_for_it_than_it_ought_to_take() throws Exception {
        use(10, limits(4));
        Lease<String> old = lease("key", limits(4));
        time.advance(OPENING.multipliedBy(2));
        assertThat(lease("key", limits(4)).session()).isEqualTo("s2");
        runBackground();
        assertThat(next.opened).containsExactly("s3");
        old.giveBack();
    }

    @Test
    void who_waited_for_one_that_could_not_be_opened_opens_his_own() throws Exception {
        next.refusal = new IOException("refused, as the test wants it");
        use(10, limits(4));
        Lease<String> old = lease("key", limits(4));
        try (Callers callers = new Callers()) {
            Call<String> second = callers.start(() -> lease("key", limits(4)).session());
            Eventually.until("he stands in line", () -> pool.status().waiting() == 1);
            runBackground();
            assertThat(second.get()).isEqualTo("s2");
        }
        old.giveBack();
    }

    @Test
    void the_end_of_a_session_is_told_after_all_that_came_before() throws Exception {
        List<String> told = new ArrayList<>();
        SessionPool<String> telling = new SessionPool<>(
                new SessionCloser<>() {
                    @Override
                    public void close(String session, int uses, CloseReason reason) {
                        told.add("close");
                    }

                    @Override
                    public void closed(int uses, CloseReason reason) {
                        told.add("closed");
                    }
                },
                new Housekeeper("test-housekeeper", () -> {}, () -> {}),
                Runnable::run,
                time);
        PoolLimits once = new PoolLimits(1, 1, MINUTE, MINUTE, Duration.ZERO);
        Lease<String> lease = telling.lease("key", once, time.in(MINUTE), wait -> {}, () -> "s1");
        lease.countUse();
        lease.afterwards(
                () -> told.add("opened, places taken: " + telling.status().open()));
        lease.giveBack();
        assertThat(told).containsExactly("close", "opened, places taken: 0", "closed");
    }
}
