package org.resilientmail.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.config.RateSettings;
import org.resilientmail.config.RateWindow;
import org.resilientmail.policy.RateGate.Permit;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.ManualTime;

@Timeout(60)
class RateGateTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();

    private static RateWindow per(int permits, Duration period) {
        return new RateWindow(permits, period);
    }

    private static RateGate gate(LongSupplier clock, List<RateWindow> messages, List<RateWindow> recipients) {
        return new RateGate(new RateSettings(messages, recipients, LONG), clock);
    }

    private Permit acquire(RateGate gate, int recipients) throws Exception {
        return gate.acquire(recipients, Duration.ZERO, time.in(LONG), wait -> {});
    }

    private static Permit await(RateGate gate, int recipients) throws Exception {
        return gate.acquire(recipients, LONG, System.nanoTime() + LONG.toNanos(), wait -> {});
    }

    @Test
    void without_windows_everything_passes() throws Exception {
        RateGate gate = gate(time, List.of(), List.of());
        assertThat(gate.isOpen()).isTrue();
        for (int i = 0; i < 100; i++) {
            acquire(gate, 10_000).used();
        }
    }

    @Test
    void all_windows_are_kept_at_once() throws Exception {
        RateGate gate = gate(
                time,
                List.of(per(2, Duration.ofSeconds(1)), per(3, Duration.ofMinutes(1))),
                List.of(per(100, Duration.ofHours(1))));
        acquire(gate, 30).used();
        acquire(gate, 30).used();
        assertThatThrownBy(() -> acquire(gate, 30)).isInstanceOf(RateRefused.class);
        time.advance(Duration.ofSeconds(1));
        acquire(gate, 30).used();
        time.advance(Duration.ofSeconds(10));
        assertThatThrownBy(() -> acquire(gate, 1)).as("three in the minute").isInstanceOf(RateRefused.class);
        time.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> acquire(gate, 11))
                .as("a hundred recipients in the hour")
                .isInstanceOf(RateRefused.class);
        acquire(gate, 10).used();
    }

    @Test
    void a_refusal_by_one_window_takes_nothing_from_the_others() throws Exception {
        RateGate gate = gate(time, List.of(per(5, Duration.ofHours(1))), List.of(per(10, Duration.ofSeconds(1))));
        acquire(gate, 10).used();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> acquire(gate, 1)).isInstanceOf(RateRefused.class);
        }
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofSeconds(2));
            acquire(gate, 1).used();
        }
        time.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> acquire(gate, 1)).isInstanceOf(RateRefused.class);
    }

    @Test
    void permits_that_were_not_used_come_back_at_once_and_only_once() throws Exception {
        RateGate gate = gate(time, List.of(per(1, Duration.ofHours(1))), List.of(per(1, Duration.ofHours(1))));
        Permit permit = acquire(gate, 1);
        permit.unused();
        permit.unused();
        permit.used();
        Permit next = acquire(gate, 1);
        assertThatThrownBy(() -> acquire(gate, 1)).isInstanceOf(RateRefused.class);
        next.used();
        next.unused();
        assertThatThrownBy(() -> acquire(gate, 1)).isInstanceOf(RateRefused.class);
    }

    @Test
    void permits_count_until_a_period_after_the_relay_has_seen_their_use() throws Exception {
        RateGate gate = gate(time, List.of(per(1, Duration.ofSeconds(10))), List.of());
        Permit slow = acquire(gate, 1);
        time.advance(Duration.ofSeconds(60)); // a long transfer
        slow.used();
        time.advance(Duration.ofSeconds(9));
        RateRefused refused = catchThrowableOfType(RateRefused.class, () -> acquire(gate, 1));
        assertThat(refused.waitHint()).contains(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        acquire(gate, 1).used();
    }

    @Test
    void a_wait_that_cannot_end_in_time_is_refused_at_once_with_rates_and_wait() throws Exception {
        RateGate gate = gate(time, List.of(per(1, Duration.ofMinutes(5))), List.of());
        acquire(gate, 1).used();
        RateRefused refused = catchThrowableOfType(
                RateRefused.class,
                () -> gate.acquire(1, Duration.ofSeconds(30), time.in(LONG), wait -> {
                    throw new AssertionError("no wait was to begin");
                }));
        assertThat(refused).hasMessageContaining("messages 1/5m").hasMessageContaining("used up");
        assertThat(refused.waitHint()).contains(Duration.ofMinutes(5));
        assertThat(catchThrowableOfType(
                        RateRefused.class, () -> gate.acquire(1, LONG, time.in(Duration.ofSeconds(1)), wait -> {})))
                .as("the deadline counts as well")
                .isNotNull();
    }

    @Test
    void more_than_a_window_ever_allows_is_refused_for_good() {
        RateGate gate = gate(time, List.of(), List.of(per(10, Duration.ofSeconds(1))));
        RateRefused refused = catchThrowableOfType(RateRefused.class, () -> acquire(gate, 11));
        assertThat(refused)
                .hasMessage("11 recipients at once are more than the configured rate recipients 10/1s ever allows;"
                        + " allowed: up to 10");
        assertThat(refused.waitHint()).isEmpty();
    }

    @Test
    void a_message_is_not_begun_that_cannot_go_out_within_the_budget() throws Exception {
        RateGate gate = gate(time, List.of(per(2, Duration.ofMinutes(1))), List.of(per(100, Duration.ofMinutes(1))));
        gate.check(6, 300, 50, Duration.ofMinutes(2));
        RateRefused refused =
                catchThrowableOfType(RateRefused.class, () -> gate.check(7, 300, 50, Duration.ofMinutes(2)));
        assertThat(refused)
                .hasMessage("7 messages need more than 120 s at the configured rate messages 2/1m; allowed: up to 6 in"
                        + " one call, or a longer retry.deadline");
        assertThatThrownBy(() -> gate.check(6, 301, 51, Duration.ofMinutes(2)))
                .hasMessageStartingWith("301 recipients need more than 120 s");
    }

    @Test
    void first_come_is_first_served_large_requests_too() throws Exception {
        RateGate gate = gate(System::nanoTime, List.of(), List.of(per(10, Duration.ofMillis(1))));
        Permit all = await(gate, 10);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Call<Void>> calls = new ArrayList<>();
        int[] sizes = {1, 10, 1, 5, 10, 1};
        try (Callers callers = new Callers()) {
            for (int i = 0; i < sizes.length; i++) {
                int number = i;
                calls.add(callers.start(() -> {
                    Permit permit = await(gate, sizes[number]);
                    synchronized (served) {
                        served.add(number);
                    }
                    permit.unused();
                    return null;
                }));
                Eventually.until("in line", () -> gate.waiting() == number + 1);
            }
            all.unused();
            calls.forEach(Call::get);
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void the_wait_is_told_once_before_it_begins_and_with_nothing_held() throws Exception {
        RateGate gate = gate(System::nanoTime, List.of(per(1, Duration.ofMillis(100))), List.of());
        await(gate, 1).used();
        List<Duration> told = new ArrayList<>();
        try (Callers callers = new Callers()) {
            Permit permit = gate.acquire(1, LONG, System.nanoTime() + LONG.toNanos(), wait -> {
                told.add(wait);
                // Another thread can use the gate meanwhile: nothing is held but the place in line.
                assertThat(callers.start(() -> gate.waiting()).get()).isEqualTo(1);
                assertThat(callers.start(() -> refusedWithoutWaiting(gate)).get())
                        .isTrue();
            });
            permit.used();
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).isPositive().isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    private static boolean refusedWithoutWaiting(RateGate gate) throws Exception {
        try {
            gate.acquire(1, Duration.ZERO, System.nanoTime(), wait -> {});
            return false;
        } catch (RateRefused e) {
            return true;
        }
    }

    @Test
    void an_interrupt_ends_the_wait_at_once_and_the_next_in_line_is_served() throws Exception {
        RateGate gate = gate(System::nanoTime, List.of(per(1, Duration.ofMillis(1))), List.of());
        Permit only = await(gate, 1);
        try (Callers callers = new Callers()) {
            Call<Boolean> first = callers.start(() -> interruptedWhileWaiting(gate));
            Eventually.until("in line", () -> gate.waiting() == 1);
            Call<Boolean> second = callers.start(() -> interruptedWhileWaiting(gate));
            Eventually.until("in line", () -> gate.waiting() == 2);
            first.thread().interrupt();
            assertThat(first.get()).isTrue();
            only.used();
            assertThat(second.get()).isFalse();
        }
    }

    @Test
    void an_interrupt_at_the_very_moment_of_the_turn_loses_neither_turn_nor_permit() throws Exception {
        RateGate gate = gate(System::nanoTime, List.of(per(1, Duration.ofDays(1))), List.of());
        try (Callers callers = new Callers()) {
            for (int round = 0; round < 500; round++) {
                Permit only = await(gate, 1);
                Call<Boolean> first = callers.start(() -> interruptedWhileWaiting(gate));
                Eventually.until("in line", () -> gate.waiting() == 1);
                Call<Boolean> second = callers.start(() -> interruptedWhileWaiting(gate));
                Eventually.until("in line", () -> gate.waiting() == 2);
                Call<Void> interrupter = callers.start(() -> {
                    first.thread().interrupt();
                    return null;
                });
                only.unused();
                interrupter.get();
                first.get();
                assertThat(second.get()).isFalse();
            }
        }
        await(gate, 1).unused();
    }

    private static boolean interruptedWhileWaiting(RateGate gate) throws Exception {
        try {
            await(gate, 1).unused();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
