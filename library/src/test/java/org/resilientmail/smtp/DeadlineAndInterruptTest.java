package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.reply.NoReply;
import org.resilientmail.testkit.Eventually;

/** What ends a conversation from outside, and what comes too late for it. */
@Timeout(60)
class DeadlineAndInterruptTest {

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private Deadline in(Duration left) {
        return Deadline.orInterrupt(left, why -> happened.add(why == NoReply.TIMEOUT ? "late" : "interrupted"));
    }

    /** A thread that interrupts itself does not wait. */
    private static void interruptFromOutside() {
        CompletableFuture.runAsync(Thread.currentThread()::interrupt).join();
    }

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void a_deadline_comes() {
        Deadline deadline = in(Duration.ofMillis(1));
        Eventually.until("it is over", () -> happened.equals(List.of("late")));
        assertThat(deadline.left()).isNotPositive();
        deadline.close();
    }

    @Test
    void an_interrupt_comes_and_the_thread_stays_interrupted() {
        Deadline deadline = in(Duration.ofHours(1));
        interruptFromOutside();
        assertThat(happened).containsExactly("interrupted");
        deadline.close();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void an_interrupt_after_the_work_does_nothing_to_what_follows() {
        in(Duration.ofHours(1)).close();
        interruptFromOutside();
        assertThat(happened).isEmpty();
    }

    @Test
    void an_interrupt_before_the_work_is_not_for_it() {
        interruptFromOutside();
        Deadline deadline = in(Duration.ofHours(1));
        deadline.close();
        assertThat(happened).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
