package org.resilientmail.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.config.RetrySettings;
import org.resilientmail.config.UncertainPolicy;
import org.resilientmail.policy.Persistence.Next;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;

class PersistenceTest {

    private static Persistence begin(int attempts, double jitter) {
        return begin(attempts, attempts, jitter);
    }

    private static Persistence begin(int attempts, int timeouts, double jitter) {
        return Persistence.begin(new RetrySettings(
                attempts,
                timeouts,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                3,
                jitter,
                Duration.ofMinutes(2),
                UncertainPolicy.FAIL));
    }

    private static Classification failure(FailureKind kind, RetryAdvice retry, Duration wait, LimitKind limit) {
        return new Classification(
                kind,
                Scope.MESSAGE,
                retry,
                RetryHow.SAME_SESSION,
                Optional.ofNullable(wait),
                Optional.ofNullable(limit),
                OptionalLong.empty(),
                "test",
                "test",
                "test",
                "test");
    }

    private static Classification passing() {
        return failure(FailureKind.DEFERRED, RetryAdvice.YES, null, null);
    }

    private static Classification limit(LimitKind limit) {
        return failure(FailureKind.SESSION_LIMIT, RetryAdvice.YES, null, limit);
    }

    private static Next attempt(Persistence persistence, Classification failure) {
        persistence.attempting();
        return persistence.after(failure, SmtpPhase.MAIL, Optional.empty(), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void exactly_as_many_attempts_are_made_as_allowed(int most) {
        Persistence persistence = begin(most, 0);
        int made = 1;
        while (attempt(persistence, passing()).tryAgain()) {
            made++;
        }
        assertThat(made).isEqualTo(most);
        assertThat(persistence.attempts()).isEqualTo(most);
    }

    @Test
    void the_wait_grows_by_the_multiplier_up_to_the_longest() {
        Persistence persistence = begin(7, 0);
        long[] expected = {100, 300, 900, 2_000, 2_000, 2_000};
        for (long millis : expected) {
            Next next = attempt(persistence, passing());
            assertThat(next.pause()).isEqualTo(Duration.ofMillis(millis));
            assertThat(next.spendsAttempt()).isTrue();
        }
        assertThat(attempt(persistence, passing()).tryAgain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1})
    void jitter_stays_within_its_share_and_is_different_each_time(double jitter) {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Duration wait = attempt(begin(2, jitter), passing()).pause();
            assertThat((double) wait.toMillis()).isBetween(100 * (1 - jitter) - 1, 100 * (1 + jitter) + 1);
            waits.add(wait);
        }
        assertThat(waits).hasSizeGreaterThan(10);
    }

    @Test
    void jitter_never_makes_a_wait_longer_than_the_longest() {
        for (int i = 0; i < 100; i++) {
            Persistence persistence = begin(6, 0.9);
            for (Next next = attempt(persistence, passing()); next.tryAgain(); next = attempt(persistence, passing())) {
                assertThat(next.pause()).isLessThanOrEqualTo(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void the_wait_the_reply_names_goes_before_the_back_off_and_may_be_longer() {
        Persistence persistence = begin(3, 0.25);
        Classification named = failure(FailureKind.RATE_LIMITED, RetryAdvice.YES, Duration.ofSeconds(92), null);
        assertThat(attempt(persistence, named).pause()).isEqualTo(Duration.ofSeconds(92));
        assertThat(attempt(persistence, passing()).pause().toMillis()).isBetween(224L, 376L);
        assertThat(attempt(persistence, named).tryAgain()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = RetryAdvice.class,
            names = {"YES"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_is_not_to_be_retried_now_is_not(RetryAdvice advice) {
        assertThat(attempt(begin(4, 0), failure(FailureKind.SERVER_UNAVAILABLE, advice, null, null))
                        .tryAgain())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = LimitKind.class,
            names = {"MESSAGES_PER_SESSION", "SESSION_LIFETIME", "SESSION_IDLE", "BYTES_PER_SESSION"})
    void a_session_at_its_limit_is_replaced_at_once_and_free(LimitKind limit) {
        Persistence persistence = begin(1, 0.25);
        Next next = attempt(persistence, limit(limit));
        assertThat(next).isEqualTo(new Next(true, Duration.ZERO, false));
        assertThat(persistence.attempts()).isZero();
    }

    @Test
    void the_same_limit_again_and_again_becomes_a_failure_like_others() {
        Persistence persistence = begin(2, 0);
        int free = 0;
        int paid = 0;
        for (Next next = attempt(persistence, limit(LimitKind.MESSAGES_PER_SESSION));
                next.tryAgain();
                next = attempt(persistence, limit(LimitKind.MESSAGES_PER_SESSION))) {
            if (next.spendsAttempt()) {
                paid++;
            } else {
                free++;
            }
        }
        assertThat(free).isEqualTo(3);
        assertThat(paid).isEqualTo(1);
        assertThat(persistence.attempts()).isEqualTo(2);
    }

    @Test
    void progress_between_two_limits_begins_the_count_again_but_not_without_end() {
        Persistence persistence = begin(1, 0);
        int free = 0;
        while (attempt(persistence, limit(LimitKind.MESSAGES_PER_SESSION)).tryAgain()) {
            free++;
            persistence.progressed();
        }
        assertThat(free).isEqualTo(20);
    }

    @Test
    void stale_sessions_are_free_at_once_and_bounded() {
        Persistence persistence = begin(1, 0);
        int free = 0;
        persistence.attempting();
        for (Next next = persistence.afterStaleSession(); next.tryAgain(); next = persistence.afterStaleSession()) {
            assertThat(next).isEqualTo(new Next(true, Duration.ZERO, false));
            persistence.attempting();
            free++;
        }
        assertThat(free).isEqualTo(20);
    }

    @Test
    void too_many_sessions_at_once_waits_longer_each_time_unless_the_pool_does_the_waiting() {
        Persistence persistence = begin(1, 0.25);
        Classification concurrency = limit(LimitKind.SESSIONS_AT_ONCE);
        assertThat(attempt(persistence, concurrency).pause()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(6250));
        assertThat(attempt(persistence, concurrency).pause())
                .isBetween(Duration.ofSeconds(10), Duration.ofMillis(12_500));
        persistence.attempting();
        assertThat(persistence.after(concurrency, SmtpPhase.CONNECT, Optional.empty(), true))
                .isEqualTo(new Next(true, Duration.ZERO, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"PROTOCOL_ERROR", "UNKNOWN"})
    void an_odd_reply_is_tried_again_once_only(FailureKind odd) {
        Persistence persistence = begin(9, 0);
        Classification failure = failure(odd, RetryAdvice.YES, null, null);
        assertThat(attempt(persistence, failure).tryAgain()).isTrue();
        assertThat(attempt(persistence, failure).tryAgain()).isFalse();
    }

    @Test
    void a_connection_lost_twice_in_the_body_is_the_message_s_fault() {
        Persistence persistence = begin(9, 0);
        Classification lost = failure(FailureKind.SERVER_UNAVAILABLE, RetryAdvice.YES, null, null);
        Optional<NoReply> closed = Optional.of(NoReply.CLOSED);
        assertThat(persistence.after(lost, SmtpPhase.BODY, closed, false).tryAgain())
                .isTrue();
        assertThat(persistence.after(lost, SmtpPhase.MAIL, closed, false).tryAgain())
                .isTrue();
        assertThat(persistence.after(lost, SmtpPhase.BODY, closed, false).tryAgain())
                .isFalse();
    }

    @Test
    void a_step_that_ran_into_the_time_out_twice_in_a_row_is_not_tried_a_third_time_where_two_are_allowed() {
        Persistence persistence = begin(9, 2, 0);
        assertThat(timedOut(persistence, SmtpPhase.RCPT)).isTrue();
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isTrue();
        assertThat(attempt(persistence, passing()).tryAgain()).isTrue();
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isTrue();
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isFalse();
    }

    @Test
    void time_outs_spend_attempts_like_others_where_as_many_are_allowed() {
        Persistence persistence = begin(3, 0);
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isTrue();
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isTrue();
        assertThat(timedOut(persistence, SmtpPhase.MAIL)).isFalse();
    }

    private static boolean timedOut(Persistence persistence, SmtpPhase phase) {
        Classification lost = failure(FailureKind.SERVER_UNAVAILABLE, RetryAdvice.YES, null, null);
        return persistence
                .after(lost, phase, Optional.of(NoReply.TIMEOUT), false)
                .tryAgain();
    }
}
