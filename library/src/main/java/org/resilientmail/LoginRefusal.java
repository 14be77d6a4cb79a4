package org.resilientmail;

import java.time.Duration;
import java.util.Optional;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Credentials that the relay refused, and until when they are not tried again. Immutable.
 *
 * @param setback the refusal, without what was thrown: an exception keeps the classes of all that called it, and with
 *     them an application that was undeployed
 * @param since when it came, by the engine's clock
 * @param until when they may be tried again
 */
record LoginRefusal(Setback setback, long since, long until) {

    /** What takes longer is as good as for ever, and must not run over the clock. */
    private static final long LONGEST_NANOS = Duration.ofDays(31).toNanos();

    LoginRefusal {
        setback = remembered(setback, setback.classification());
        until = since + Math.min(Math.max(0, until - since), LONGEST_NANOS);
    }

    /**
     * Whether a failed attempt to open a session was a refusal of the credentials, or of the account they belong to. Not
     * one: that the relay could not check them now (454 and other 4yz, unless it says that there were too many
     * attempts), no reply at all, and TLS that is missing, which can be had with the same credentials.
     */
    static boolean isOne(Setback setback) {
        Optional<SmtpReply> reply = setback.reply();
        if (reply.isEmpty()) {
            return false;
        }
        Classification meaning = setback.classification();
        boolean ofAccount = switch (meaning.kind()) {
            case AUTHENTICATION_FAILED -> true;
            case QUOTA_EXCEEDED, SENDER_REJECTED, POLICY_BLOCKED -> setback.phase() == SmtpPhase.AUTH;
            default -> false;
        };
        boolean lasting = reply.get().code() >= 500
                || meaning.retry() == RetryAdvice.LATER && meaning.waitHint().isPresent();
        return ofAccount && lasting && meaning.retry() != RetryAdvice.YES;
    }

    /** The same refusal for a call that comes later, without asking the relay; empty when its time is over. */
    Optional<Setback> at(long now) {
        if (until - now <= 0) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos(until - now);
        Classification said = setback.classification();
        String subject =
                said.kind() == FailureKind.AUTHENTICATION_FAILED ? "These credentials were refused" : "This was said";
        String advice = said.advice() + " " + subject + " "
                + Duration.ofNanos(now - since).toSeconds()
                + " s ago; unless they change, they are not tried again for "
                + (left.toSeconds() + 1) + " s (auth.initial-wait).";
        Classification remembered = new Classification(
                said.kind(),
                said.scope(),
                said.retry(),
                said.how(),
                Optional.of(left),
                said.limit(),
                said.limitValue(),
                said.reason(),
                said.ruleId(),
                said.source(),
                advice.strip());
        // Not Angus' exception: exceptions can be linked to others, and each call has to have its own.
        return Optional.of(remembered(setback, remembered));
    }

    private static Setback remembered(Setback refused, Classification meaning) {
        return new Setback(
                meaning,
                refused.phase(),
                refused.reply(),
                Optional.empty(),
                Optional.empty(),
                refused.returnCode(),
                refused.words(),
                false,
                true);
    }
}
