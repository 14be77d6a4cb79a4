package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.resilientmail.testkit.ManualTime;

class SessionPoolTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final PoolLimits TWO = limits(2);

    private final ManualTime time = new ManualTime();
    private final FakeSessions relay = new FakeSessions();
    private final SessionPool<String> pool =
            new SessionPool<>(relay, new Housekeeper("test-housekeeper", () -> {}, () -> {}), Runnable::run, time);

    private static PoolLimits limits(int maxOpen) {
        return new PoolLimits(maxOpen, 3, MINUTE, Duration.ofSeconds(20), Duration.ZERO);
    }

    private Lease<String> lease(Object key, PoolLimits limits) throws Exception {
        return pool.lease(key, limits, time.in(MINUTE), wait -> {}, relay::open);
    }

    private Lease<String> lease() throws Exception {
        return lease("key", TWO);
    }

    @Test
    void the_session_used_last_is_used_first() throws Exception {
        Lease<String> first = lease();
        Lease<String> second = lease();
        second.giveBack();
        first.giveBack();
        Lease<String> again = lease();
        assertThat(again.session()).isEqualTo("s1");
        assertThat(again.isReused()).isTrue();
        assertThat(lease().session()).isEqualTo("s2");
    }

    @Test
    void a_lease_tells_idle_time_age_and_uses() throws Exception {
        Lease<String> first = lease();
        assertThat(first.isReused()).isFalse();
        assertThat(first.idleNanos()).isZero();
        first.countUse();
        time.advance(Duration.ofSeconds(2));
        first.giveBack();
        time.advance(Duration.ofSeconds(5));
        Lease<String> again = lease();
        assertThat(again.idleNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(again.ageNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(again.uses()).isEqualTo(1);
    }

    @Test
    void sessions_of_another_key_are_never_handed_out_and_count_against_the_cap() throws Exception {
        lease("alice", TWO);
        lease("bob", TWO);
        assertThatThrownBy(() -> lease("carol", TWO)).isInstanceOf(NoFreeSession.class);
        assertThat(relay.opened()).isEqualTo(2);
    }

    @Test
    void room_for_another_key_is_made_by_closing_the_oldest_idle_session_first() throws Exception {
        Lease<String> old = lease("alice", TWO);
        Lease<String> young = lease("alice", TWO);
        old.giveBack();
        young.giveBack();
        assertThat(lease("bob", TWO).session()).isEqualTo("s3");
        assertThat(relay.log).containsExactly("open s1", "open s2", "close s1", "open s3");
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAKE_ROOM);
        assertThat(lease("alice", TWO).session()).isEqualTo("s2");
    }

    @Test
    void the_message_of_a_time_out_carries_the_numbers() throws Exception {
        lease();
        lease("other", TWO);
        assertThatThrownBy(this::lease)
                .isInstanceOf(NoFreeSession.class)
                .hasMessage("no free session within 0 ms: 2 open (2 in use, 0 idle, 0 opening or closing), 1 waiting,"
                        + " at most 2 at once");
        assertThat(pool.status()).isEqualTo(new PoolStatus(2, 0, 0, 0));
    }

    @Test
    void a_deadline_in_the_past_ends_the_wait_but_not_the_use_of_what_is_free() throws Exception {
        PoolLimits patient = new PoolLimits(1, 3, MINUTE, MINUTE, MINUTE);
        Lease<String> only = pool.lease("key", patient, time.in(Duration.ofSeconds(-1)), wait -> {}, relay::open);
        assertThatThrownBy(() -> pool.lease("key", patient, time.in(Duration.ofSeconds(-1)), wait -> {}, relay::open))
                .isInstanceOf(NoFreeSession.class);
        only.giveBack();
        assertThat(pool.lease("key", patient, time.in(Duration.ofSeconds(-1)), wait -> {}, relay::open)
                        .isReused())
                .isTrue();
    }

    @Test
    void a_session_is_replaced_after_as_many_uses_as_allowed() throws Exception {
        for (int i = 0; i < 7; i++) {
            Lease<String> lease = lease();
            lease.countUse();
            lease.giveBack();
        }
        assertThat(relay.opened()).isEqualTo(3);
        assertThat(relay.closed)
                .containsOnlyKeys("s1", "s2")
                .containsValue(CloseReason.MAX_USES)
                .doesNotContainValue(CloseReason.MAX_LIFETIME);
    }

    @Test
    void each_caller_has_its_own_limits_kept() throws Exception {
        Lease<String> generous = lease();
        generous.countUse();
        generous.giveBack();
        PoolLimits once = new PoolLimits(2, 1, MINUTE, MINUTE, Duration.ZERO);
        assertThat(lease("key", once).session()).isEqualTo("s2");
        assertThat(lease().session()).isEqualTo("s1");
    }

    @Test
    void a_session_as_old_as_allowed_is_not_handed_out_and_not_kept() throws Exception {
        Lease<String> busy = lease();
        lease().giveBack();
        time.advance(Duration.ofSeconds(19));
        lease().giveBack();
        time.advance(Duration.ofSeconds(19));
        lease().giveBack();
        time.advance(Duration.ofSeconds(19));
        lease().giveBack();
        assertThat(relay.opened()).isEqualTo(2);
        time.advance(Duration.ofSeconds(3));
        assertThat(lease().session()).isEqualTo("s3");
        assertThat(relay.closed).containsEntry("s2", CloseReason.MAX_LIFETIME);
        assertThat(busy.isSpent()).isTrue();
        busy.giveBack();
        assertThat(relay.closed).containsEntry("s1", CloseReason.MAX_LIFETIME);
    }

    @Test
    void the_age_counts_from_before_the_opening_as_the_relay_counts_it() throws Exception {
        Lease<String> slow = pool.lease("key", TWO, time.in(MINUTE), wait -> {}, () -> {
            time.advance(Duration.ofSeconds(45)); // a slow login
            return relay.open();
        });
        assertThat(slow.ageNanos()).isEqualTo(Duration.ofSeconds(45).toNanos());
        slow.giveBack();
        time.advance(Duration.ofSeconds(15));
        assertThat(lease().session()).isEqualTo("s2");
    }

    @Test
    void a_session_idle_as_long_as_allowed_is_not_handed_out() throws Exception {
        Lease<String> other = lease();
        lease().giveBack();
        time.advance(Duration.ofSeconds(20));
        assertThat(lease().session()).isEqualTo("s3");
        assertThat(relay.closed).containsEntry("s2", CloseReason.MAX_IDLE);
        other.giveBack();
    }

    @Test
    void one_step_of_housekeeping_closes_what_is_due_and_tells_when_the_next_is() throws Exception {
        Lease<String> first = lease();
        Lease<String> second = lease();
        first.giveBack();
        time.advance(Duration.ofSeconds(5));
        second.giveBack();
        assertThat(pool.closeDue()).isEqualTo(Duration.ofSeconds(15).toNanos());
        time.advance(Duration.ofSeconds(15));
        assertThat(pool.closeDue()).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(relay.closed).containsOnlyKeys("s1").containsValue(CloseReason.MAX_IDLE);
        time.advance(Duration.ofSeconds(5));
        assertThat(pool.closeDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 0, 0, 0));
    }

    @Test
    void a_factory_that_fails_frees_its_place_and_its_exception_comes_through() throws Exception {
        IOException refused = new IOException("refused");
        PoolLimits one = limits(1);
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowable(() -> pool.lease("key", one, time.in(MINUTE), wait -> {}, () -> {
                        throw refused;
                    })))
                    .isSameAs(refused);
        }
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 0, 0, 0));
        assertThat(lease("key", one).session()).isEqualTo("s1");
    }

    @Test
    void a_lease_ends_once_however_often_it_is_told_to() throws Exception {
        Lease<String> lease = lease();
        lease.giveBack();
        lease.discard(CloseReason.FAILURE);
        lease.giveBack();
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
        Lease<String> other = lease();
        other.discard(CloseReason.FAILURE);
        other.giveBack();
        other.discard(CloseReason.STALE);
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 0, 0, 0));
        assertThat(relay.closed).containsEntry("s1", CloseReason.FAILURE);
    }

    @Test
    void closing_all_ends_idle_sessions_now_and_those_in_use_when_given_back() throws Exception {
        Lease<String> busy = lease();
        lease().giveBack();
        pool.closeAll();
        assertThat(relay.closed).containsOnlyKeys("s2").containsValue(CloseReason.SHUTDOWN);
        busy.giveBack();
        assertThat(relay.closed).containsEntry("s1", CloseReason.SHUTDOWN);
        Lease<String> later = lease();
        later.giveBack();
        assertThat(lease().session()).isEqualTo(later.session());
    }

    @Test
    void a_session_that_was_being_opened_when_all_were_closed_ends_when_given_back() throws Exception {
        Lease<String> lease = pool.lease("key", TWO, time.in(MINUTE), wait -> {}, () -> {
            pool.closeAll();
            return relay.open();
        });
        lease.giveBack();
        assertThat(relay.closed).containsEntry("s1", CloseReason.SHUTDOWN);
    }

    @Test
    void a_closer_that_fails_costs_no_place_and_no_send() throws Exception {
        relay.closerFails = true;
        lease().discard(CloseReason.FAILURE);
        Lease<String> spent = lease();
        for (int i = 0; i < 3; i++) {
            spent.countUse();
        }
        spent.giveBack();
        assertThat(pool.status().open()).isZero();

        lease("alice", limits(1)).giveBack();
        Lease<String> bob = lease("bob", limits(1)); // alice's has to make room
        Lease<String> another = lease("bob", TWO);
        bob.giveBack();
        another.giveBack();
        time.advance(MINUTE);
        assertThat(pool.closeDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(pool.status().open()).isZero();

        Lease<String> one = lease();
        Lease<String> two = lease();
        one.giveBack();
        two.giveBack();
        pool.closeAll();
        assertThat(pool.status().open()).isZero();
        assertThat(relay.openNow()).isZero();
    }

    @Test
    void a_lowered_cap_is_come_down_to_as_sessions_are_given_back() throws Exception {
        Lease<String> one = lease("key", limits(3));
        Lease<String> two = lease("key", limits(3));
        Lease<String> three = lease("key", limits(3));
        one.giveBack();
        two.giveBack();
        three.giveBack();
        for (int i = 0; i < 4; i++) {
            lease("key", limits(1)).giveBack();
        }
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
        assertThat(relay.closed).hasSize(2).doesNotContainValue(CloseReason.MAX_USES);
    }

    @Test
    void a_lowered_cap_is_come_down_to_before_another_session_is_opened() throws Exception {
        Lease<String> one = lease("alice", limits(3));
        Lease<String> two = lease("alice", limits(3));
        Lease<String> three = lease("alice", limits(3));
        one.giveBack();
        two.giveBack();
        three.giveBack();
        assertThat(lease("bob", limits(1)).session()).isEqualTo("s4");
        assertThat(relay.log).endsWith("close s1", "close s2", "close s3", "open s4");
        assertThat(relay.openNow()).isEqualTo(1);
    }

    @Test
    void a_session_counts_as_live_when_it_is_in_use_or_was_a_moment_ago() throws Exception {
        long moment = Duration.ofMillis(500).toNanos();
        assertThat(pool.live("key", TWO, moment)).isEmpty();
        Lease<String> lease = lease();
        assertThat(pool.live("key", TWO, moment)).contains("s1");
        assertThat(pool.live("other", TWO, moment)).isEmpty();
        lease.giveBack();
        assertThat(pool.live("key", TWO, moment)).contains("s1");
        time.advance(Duration.ofMillis(500));
        assertThat(pool.live("key", TWO, moment)).isEmpty();
    }

    @Test
    void a_session_is_closed_as_unused_only_while_it_stands_idle_and_never_carried_anything() throws Exception {
        Lease<String> lease = lease();
        pool.closeUnused(lease.session());
        assertThat(relay.closed).isEmpty();
        lease.countUse();
        lease.giveBack();
        pool.closeUnused(lease.session());
        assertThat(relay.closed).isEmpty();
        Lease<String> other = lease("other", TWO);
        other.giveBack();
        pool.closeUnused(other.session());
        pool.closeUnused(other.session());
        assertThat(relay.closed).containsExactly(java.util.Map.entry("s2", CloseReason.UNUSED));
        assertThat(pool.status()).isEqualTo(new PoolStatus(0, 1, 0, 0));
    }

    @Test
    void it_is_known_whether_a_session_was_closed_a_moment_ago() throws Exception {
        long moment = Duration.ofSeconds(5).toNanos();
        Lease<String> lease = lease();
        assertThat(pool.closedWithin(moment)).isFalse();
        lease.discard(CloseReason.FAILURE);
        assertThat(pool.closedWithin(moment)).isTrue();
        time.advance(Duration.ofSeconds(5));
        assertThat(pool.closedWithin(moment)).isFalse();
    }
}
