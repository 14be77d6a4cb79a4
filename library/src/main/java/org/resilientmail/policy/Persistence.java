package org.resilientmail.policy;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.resilientmail.config.RetrySettings;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.SmtpPhase;

/**
 * How long one envelope, or one {@code connect}, goes on trying: Resilience4j counts the attempts and computes the
 * back-off, the reply's own wait goes before it, and what says nothing against the message (a session at its limit, one
 * found dead) spends no attempt but is bounded all the same. Not thread-safe; one for each envelope.
 */
public final class Persistence {

    /** Free tries: sessions replaced because of a session limit or because they were found dead. */
    private static final int MOST_FREE_TRIES = 20;

    /** Free tries in a row that the same limit may cost before it counts as a failure like others. */
    private static final int MOST_IN_A_ROW = 3;

    private static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_CONCURRENCY_WAIT = Duration.ofSeconds(60);

    private final RetrySettings settings;
    private final double jitter;
    private final int maxTimeouts;
    private int made;
    private int freeTries;
    private int refusedForConcurrency;
    private int sameLimitInARow;
    private int lostInBody;
    private SmtpPhase timedOutAt;
    private int timeOutsInARow;
    private boolean oddReplySeen;
    /** Made with the first failure: most envelopes have none. */
    private Retry.AsyncContext<Object> attempts;

    private Persistence(RetrySettings settings) {
        this.settings = settings;
        this.jitter = settings.jitter();
        this.maxTimeouts = settings.maxTimeouts();
    }

    /**
     * Begins to count.
     *
     * @param settings the retry settings
     * @return a fresh count
     */
    public static Persistence begin(RetrySettings settings) {
        return new Persistence(settings);
    }

    private static Retry.AsyncContext<Object> attempts(RetrySettings settings) {
        // Resilience4j wants the factor below 1.
        double factor = Math.min(settings.jitter(), 0.999);
        IntervalFunction backOff = IntervalFunction.ofExponentialRandomBackoff(
                settings.initialWait(), settings.multiplier(), factor, settings.maxWait());
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(settings.maxAttempts())
                .retryOnException(Failed.class::isInstance)
                .intervalBiFunction((attempt, outcome) -> outcome.getLeft() instanceof Failed failed
                                && failed.namedWait().isPresent()
                        ? failed.namedWait().get().toMillis()
                        : backOff.apply(attempt))
                .build();
        return Retry.of("envelope", config).asyncContext();
    }

    /** {@return attempts made so far, free ones not counted} */
    public int attempts() {
        return made;
    }

    /** Counts an attempt that is about to be made. */
    public void attempting() {
        made++;
    }

    /**
     * Decides what follows a failed attempt.
     *
     * @param failure what it failed with
     * @param phase where it failed
     * @param missing why there was no reply, if there was none
     * @param poolWaits whether asking the pool again waits until one of our own sessions ends
     * @return what to do
     */
    public Next after(Classification failure, SmtpPhase phase, Optional<NoReply> missing, boolean poolWaits) {
        if (failure.retry() != RetryAdvice.YES) {
            return Next.GIVE_UP;
        }
        if (failure.kind() == FailureKind.SESSION_LIMIT && mayTryFree()) {
            made--;
            return Next.free(sessionWait(failure, poolWaits));
        }
        if (isHopeless(failure, phase, missing)) {
            return Next.GIVE_UP;
        }
        if (attempts == null) {
            attempts = attempts(settings);
        }
        long wait = attempts.onError(new Failed(failure.waitHint()));
        return wait < 0 ? Next.GIVE_UP : Next.paid(Duration.ofMillis(wait));
    }

    /**
     * Decides what follows when a session that had stood idle was found dead before anything was sent on it.
     *
     * @return what to do
     */
    public Next afterStaleSession() {
        if (freeTries >= MOST_FREE_TRIES) {
            return Next.GIVE_UP;
        }
        freeTries++;
        made--;
        return Next.free(Duration.ZERO);
    }

    /** An attempt got somewhere: what is counted in a row begins again. */
    public void progressed() {
        sameLimitInARow = 0;
    }

    private boolean mayTryFree() {
        sameLimitInARow++;
        freeTries++;
        return freeTries <= MOST_FREE_TRIES && sameLimitInARow <= MOST_IN_A_ROW;
    }

    /** Whether another try would only repeat the failure, although the kind is one that may pass. */
    private boolean isHopeless(Classification failure, SmtpPhase phase, Optional<NoReply> missing) {
        if (failure.kind() == FailureKind.PROTOCOL_ERROR || failure.kind() == FailureKind.UNKNOWN) {
            boolean again = oddReplySeen;
            oddReplySeen = true;
            return again;
        }
        timeOutsInARow =
                missing.filter(NoReply.TIMEOUT::equals).isEmpty() ? 0 : phase == timedOutAt ? timeOutsInARow + 1 : 1;
        timedOutAt = phase;
        if (timeOutsInARow >= maxTimeouts) {
            return true;
        }
        // Some relays close without a word when the data is far too large: twice at the same place is no accident.
        return missing.isPresent() && phase == SmtpPhase.BODY && ++lostInBody > 1;
    }

    /** Another session helps at once, but for too many at a time: there, one has to end first. */
    private Duration sessionWait(Classification failure, boolean poolWaits) {
        if (failure.limit().orElse(LimitKind.SESSIONS_AT_ONCE) != LimitKind.SESSIONS_AT_ONCE) {
            return Duration.ZERO;
        }
        if (poolWaits) {
            return Duration.ZERO; // the pool hands one of them over as soon as it is free
        }
        Duration base =
                failure.waitHint().orElse(CONCURRENCY_WAIT).multipliedBy(1L << Math.min(refusedForConcurrency++, 4));
        Duration bounded = base.compareTo(LONGEST_CONCURRENCY_WAIT) > 0 ? LONGEST_CONCURRENCY_WAIT : base;
        return Duration.ofMillis((long)
                (bounded.toMillis() * (1 + jitter * ThreadLocalRandom.current().nextDouble())));
    }

    /**
     * What follows a failed attempt.
     *
     * @param tryAgain whether to try again
     * @param pause how long to wait before
     * @param spendsAttempt whether the failed attempt counts against the most allowed
     */
    public record Next(boolean tryAgain, Duration pause, boolean spendsAttempt) {

        private static final Next GIVE_UP = new Next(false, Duration.ZERO, true);

        private static Next free(Duration wait) {
            return new Next(true, wait, false);
        }

        private static Next paid(Duration wait) {
            return new Next(true, wait, true);
        }
    }

    /** Carries the wait a reply named through Resilience4j. */
    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> namedWait;

        Failed(Optional<Duration> namedWait) {
            super(null, null, false, false);
            this.namedWait = namedWait;
        }

        Optional<Duration> namedWait() {
            return namedWait == null ? Optional.empty() : namedWait;
        }
    }
}
