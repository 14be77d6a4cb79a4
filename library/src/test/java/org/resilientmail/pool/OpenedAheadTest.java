package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;

/** What becomes of a session that was opened before it was due, and of the one it replaces. */
@Timeout(60)
class OpenedAheadTest extends AheadRig {

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
