package org.resilientmail.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is decided under the pool's lock, without a thread, a clock or a session to close. */
class SlotsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Just before the overflow of {@link System#nanoTime()}. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final Slots<String> slots = new Slots<>();

    private static PoolLimits limits(int maxOpen) {
        return new PoolLimits(maxOpen, 2, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ZERO);
    }

    private Slot<String> opened(String key, int maxOpen) {
        Slot<String> slot =
                slots.take(key, limits(maxOpen), START).orElseThrow().slot();
        slots.opened(slot, key + "'s", START);
        return slot;
    }

    private List<Slot<String>> idle(int n) {
        List<Slot<String>> made = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            made.add(opened("alice", n));
        }
        made.forEach(slot -> slots.giveBack(slot, limits(n), START));
        return made;
    }

    @Test
    void a_place_is_reserved_before_a_session_is_in_it() {
        Taken<String> taken = slots.take("alice", limits(1), START).orElseThrow();
        assertThat(taken.reused()).isFalse();
        assertThat(taken.before()).isEmpty();
        assertThat(slots.status(0)).isEqualTo(new PoolStatus(0, 0, 1, 0));
        assertThat(slots.take("alice", limits(1), START)).isEmpty();
        assertThat(slots.live("alice", limits(1), SECOND, START)).isEmpty();
    }

    @Test
    void the_place_of_a_session_that_makes_room_is_the_callers_at_once() {
        List<Slot<String>> idle = idle(2);
        Taken<String> taken = slots.take("bob", limits(2), START).orElseThrow();
        assertThat(taken.before()).contains(new Ending<>(idle.get(0), CloseReason.MAKE_ROOM));
        assertThat(taken.slot()).isNotSameAs(idle.get(0));
        assertThat(slots.status(0)).isEqualTo(new PoolStatus(0, 1, 1, 0));
    }

    @Test
    void an_ended_session_keeps_its_place_until_it_is_freed() {
        Slot<String> slot = opened("alice", 1);
        assertThat(slots.end(slot, CloseReason.FAILURE)).isEqualTo(new Ending<>(slot, CloseReason.FAILURE));
        assertThat(slots.take("alice", limits(1), START)).isEmpty();
        slots.free(slot);
        assertThat(slots.take("alice", limits(1), START)).isPresent();
    }

    @Test
    void beyond_a_lowered_cap_a_place_is_given_up_and_not_taken_over() {
        List<Slot<String>> idle = idle(2);
        assertThat(slots.take("bob", limits(1), START)).isEmpty();
        assertThat(slots.status(0)).isEqualTo(new PoolStatus(0, 2, 0, 0));
        assertThat(slots.endSurplus(limits(1), START)).contains(new Ending<>(idle.get(0), CloseReason.MAKE_ROOM));
        slots.free(idle.get(0));
        assertThat(slots.endSurplus(limits(1), START)).isEmpty();
        assertThat(slots.take("bob", limits(1), START).orElseThrow().before())
                .contains(new Ending<>(idle.get(1), CloseReason.MAKE_ROOM));
    }

    @Test
    void what_is_idle_serves_its_own_key_even_beyond_a_lowered_cap() {
        List<Slot<String>> idle = idle(2);
        Taken<String> taken = slots.take("alice", limits(1), START).orElseThrow();
        assertThat(taken.reused()).isTrue();
        assertThat(taken.slot()).isSameAs(idle.get(1));
        assertThat(slots.giveBack(taken.slot(), limits(1), START))
                .contains(new Ending<>(idle.get(1), CloseReason.MAKE_ROOM));
    }

    @Test
    void the_reason_to_make_room_is_the_sessions_own_where_it_has_one() {
        Slot<String> old = idle(1).get(0);
        assertThat(slots.take("bob", limits(1), START + 60 * SECOND)
                        .flatMap(Taken::before)
                        .map(Ending::reason))
                .contains(CloseReason.MAX_LIFETIME);
        assertThat(old.state()).isEqualTo(Slot.State.CHANGING);
    }

    @Test
    void each_due_session_is_ended_once() {
        Slot<String> slot = idle(1).get(0);
        assertThat(slots.endDue(START + 20 * SECOND - 1)).isEmpty();
        assertThat(slots.nextDue(START + 20 * SECOND - 1)).isEqualTo(1);
        assertThat(slots.endDue(START + 20 * SECOND)).containsExactly(new Ending<>(slot, CloseReason.MAX_IDLE));
        assertThat(slots.endDue(START + 20 * SECOND)).isEmpty();
        assertThat(slots.nextDue(START + 20 * SECOND)).isEqualTo(Long.MAX_VALUE);
        assertThat(slots.status(0).changing()).isEqualTo(1);
    }

    @Test
    void a_shut_down_ends_what_is_idle_and_later_what_was_reserved_before_it() {
        Slot<String> idle = idle(1).get(0);
        Slot<String> opening = slots.take("bob", limits(2), START).orElseThrow().slot();
        assertThat(slots.endAll()).containsExactly(new Ending<>(idle, CloseReason.SHUTDOWN));
        slots.opened(opening, "bob's", START);
        assertThat(slots.giveBack(opening, limits(2), START)).contains(new Ending<>(opening, CloseReason.SHUTDOWN));
        slots.free(idle);
        slots.free(opening);
        assertThat(slots.giveBack(opened("bob", 2), limits(2), START)).isEqualTo(Optional.empty());
    }
}
