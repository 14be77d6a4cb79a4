package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the next session is opened before the old one is due, and when not. */
class OpeningAheadTest extends AheadRig {

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
}
