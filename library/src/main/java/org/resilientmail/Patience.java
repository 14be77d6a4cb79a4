package org.resilientmail;

import java.time.Duration;
import org.resilientmail.policy.Persistence;
import org.resilientmail.policy.Persistence.Next;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.Scope;

/**
 * How long one call goes on with one envelope, or with {@code connect}: decides whether there is a next attempt, learns
 * from the setback, and waits. No session is held meanwhile. Not thread-safe.
 */
final class Patience {

    private final Route route;
    private final Account account;
    private final Engine engine;
    private final long deadline;
    private final Persistence persistence;

    Patience(Route route, long deadline) {
        this.route = route;
        this.account = route.account();
        this.engine = route.engine();
        this.deadline = deadline;
        this.persistence = Persistence.begin(route.config().retry());
    }

    long deadline() {
        return deadline;
    }

    /** Attempts made, up to a setback: one that was stopped on our side before anything was asked of the relay is none. */
    int attempts(Setback last) {
        return persistence.attempts() - (last.last() ? 1 : 0);
    }

    void attempting() {
        persistence.attempting();
    }

    void progressed() {
        persistence.progressed();
    }

    /**
     * Decides after a setback, and waits if there is to be another attempt.
     *
     * @return whether to try again; {@code false} also when the thread was interrupted, which it then still is
     */
    boolean goesOn(Setback setback) {
        account.learnConcurrency(setback);
        if (setback.last()) {
            return false;
        }
        Next next = setback.stale()
                ? persistence.afterStaleSession()
                : persistence.after(setback.classification(), setback.phase(), setback.missing(), poolWaitsForPlace());
        if (next.tryAgain() && slowsAccount(setback)) {
            account.pause(next.pause(), setback.classification());
        }
        if (!next.tryAgain() || engine.now() + next.pause().toNanos() - deadline > 0) {
            return false;
        }
        engine.tell(new DeliveryEvent.Retrying(
                route.name(), Math.max(1, persistence.attempts()), next.spendsAttempt(), setback.classification()));
        return pause("retry", next.pause());
    }

    /** Waits until the account may send again; {@code false} when that is not within the deadline, or interrupted. */
    boolean outlastsPauseOfAccount() {
        Account.Pause outlasted = null;
        // Once more when the relay has throttled another thread meanwhile, and so made the pause longer.
        for (Account.Pause pause = account.pause(); pause != null && pause != outlasted; pause = account.pause()) {
            if (pause.until() - deadline > 0 || !pause("rate", Duration.ofNanos(pause.until() - engine.now()))) {
                return false;
            }
            outlasted = pause;
        }
        return true;
    }

    /** Why {@link #outlastsPauseOfAccount} said no. */
    Setback stoppedByPause() {
        if (Thread.currentThread().isInterrupted()) {
            return Setback.own(
                    OwnFailures.interrupted(FailureKind.RATE_LIMITED), "interrupted while the account pauses", null);
        }
        Account.Pause pause = account.pause();
        Duration left = pause == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, pause.until() - engine.now()));
        return Setback.own(
                OwnFailures.paused(left), "the relay throttles this account for " + left.toSeconds() + " s more", null);
    }

    private boolean pause(String reason, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            return true;
        }
        engine.tell(new DeliveryEvent.Waiting(route.name(), reason, duration));
        try {
            engine.sleeper().sleep(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the pool, with what it has learned, hands out a session only when one of ours ends. */
    private boolean poolWaitsForPlace() {
        int open = account.pool().status().open();
        return open > 0 && account.learned().get(LimitKind.SESSIONS_AT_ONCE).orElse(Long.MAX_VALUE) <= open;
    }

    private static boolean slowsAccount(Setback setback) {
        return setback.classification().kind() == FailureKind.RATE_LIMITED
                && setback.classification().scope() != Scope.RECIPIENT;
    }
}
