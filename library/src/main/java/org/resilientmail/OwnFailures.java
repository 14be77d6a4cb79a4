package org.resilientmail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;

/** Failures the relay has no part in: limits of our own that were kept, waits that ended. Their rule ids begin with {@code own:}. */
final class OwnFailures {

    private static final String SOURCE = "resilient-mail";

    private OwnFailures() {}

    static Classification rate(Optional<Duration> wait) {
        return make(
                FailureKind.RATE_LIMITED,
                Scope.ACCOUNT,
                wait.isPresent() ? RetryAdvice.LATER : RetryAdvice.NO,
                wait,
                Optional.empty(),
                OptionalLong.empty(),
                "rate",
                wait.isPresent()
                        ? "The configured rate is used up for longer than this call may wait. Send later, or raise"
                                + " rate.* or rate.max-wait if the relay allows more."
                        : "This call asks for more than the configured rate allows at all. Send to fewer recipients at"
                                + " a time, or raise rate.* if the relay allows more.");
    }

    static Classification paused(Duration left) {
        return make(
                FailureKind.RATE_LIMITED,
                Scope.ACCOUNT,
                RetryAdvice.LATER,
                Optional.of(left),
                Optional.empty(),
                OptionalLong.empty(),
                "paused",
                "The relay told another send of this account to slow down for longer than this call may wait. Send"
                        + " later, or at a lower rate (rate.messages).");
    }

    static Classification deadline() {
        return make(
                FailureKind.SERVER_UNAVAILABLE,
                Scope.MESSAGE,
                RetryAdvice.LATER,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "deadline",
                "The call's whole time was used up before every recipient had its turn. Send to those listed as unsent"
                        + " again, or raise retry.deadline.");
    }

    static Classification noFreeSession() {
        return make(
                FailureKind.SESSION_LIMIT,
                Scope.ACCOUNT,
                RetryAdvice.LATER,
                Optional.empty(),
                Optional.of(LimitKind.SESSIONS_AT_ONCE),
                OptionalLong.empty(),
                "max-wait",
                "All sessions of the account were in use for the whole of session.max-wait. Send from fewer threads, or"
                        + " raise session.max-open if the relay allows more.");
    }

    static Classification interrupted(FailureKind kind) {
        return make(
                kind,
                Scope.MESSAGE,
                RetryAdvice.LATER,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "interrupted",
                "The sending thread was interrupted while it waited; nothing was sent to the recipients listed as"
                        + " unsent.");
    }

    static Classification tooLarge(long limit) {
        return make(
                FailureKind.MESSAGE_TOO_LARGE,
                Scope.MESSAGE,
                RetryAdvice.NO,
                Optional.empty(),
                Optional.of(LimitKind.MESSAGE_SIZE),
                OptionalLong.of(limit),
                "size",
                "The relay announced a smaller limit than this message needs, so it was not sent at all. Make the"
                        + " message smaller, or send a link in place of the attachment.");
    }

    static Classification tooManyRecipients() {
        return new Classification(
                FailureKind.TOO_MANY_RECIPIENTS,
                Scope.MESSAGE,
                RetryAdvice.YES,
                RetryHow.SPLIT,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "announced-cap",
                "own:announced-cap",
                "RFC 9422",
                "The relay announced how many recipients it takes at once; the message goes out in several envelopes.");
    }

    static Classification invalidCommand(SmtpPhase phase) {
        FailureKind kind = switch (phase) {
            case RCPT -> FailureKind.RECIPIENT_REJECTED;
            case MAIL -> FailureKind.SENDER_REJECTED;
            default -> FailureKind.PROTOCOL_ERROR;
        };
        return make(
                kind,
                phase == SmtpPhase.RCPT ? Scope.RECIPIENT : Scope.MESSAGE,
                RetryAdvice.NO,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "invalid-command",
                "An address or option has a line break or another character no SMTP command may have, so it was not"
                        + " sent. Check where it comes from: this is how commands are smuggled into a conversation.");
    }

    private static Classification make(
            FailureKind kind,
            Scope scope,
            RetryAdvice retry,
            Optional<Duration> wait,
            Optional<LimitKind> limit,
            OptionalLong limitValue,
            String reason,
            String advice) {
        return new Classification(
                kind,
                scope,
                retry,
                RetryHow.SAME_SESSION,
                wait,
                limit,
                limitValue,
                reason,
                "own:" + reason,
                SOURCE,
                advice);
    }

    static MessagingException asMessagingException(Exception cause) {
        return cause instanceof MessagingException mail ? mail : new MessagingException(cause.getMessage(), cause);
    }
}
