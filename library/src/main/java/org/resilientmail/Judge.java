package org.resilientmail;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resilientmail.config.UncertainPolicy;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;
import org.resilientmail.smtp.TransferResult;
import org.resilientmail.smtp.TransferResult.End;

/**
 * Reads what a transfer means for each recipient and for the envelope, and marks it there. The one place where "sent",
 * "rejected" and "uncertain" are decided.
 */
final class Judge {

    private final Route route;
    private final boolean sendPartial;

    Judge(Route route, boolean sendPartial) {
        this.route = route;
        this.sendPartial = sendPartial;
    }

    /**
     * Marks the recipients of a transfer.
     *
     * @param result what became of it
     * @param asked the recipients it was for
     * @param reused whether the session had stood idle before
     * @return what went wrong, or empty when all were sent
     */
    Optional<Setback> judge(TransferResult result, List<Recipient> asked, boolean reused) {
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).heard(result.recipientReplies().get(i));
        }
        return switch (result.end()) {
            case ACCEPTED -> accepted(result, asked);
            case UNCERTAIN -> Optional.of(uncertain(result, asked));
            case NOT_SENT -> Optional.of(notSent(result, asked, reused));
            case INVALID ->
                Optional.of(Setback.invalid(result.phase(), result.thrown().orElseThrow()));
        };
    }

    private Optional<Setback> accepted(TransferResult result, List<Recipient> asked) {
        for (int i = 0; i < asked.size(); i++) {
            if (isAccepted(result, i)) {
                asked.get(i).sent();
            }
        }
        return refusedRecipients(result, asked);
    }

    private Setback uncertain(TransferResult result, List<Recipient> asked) {
        for (int i = 0; i < asked.size(); i++) {
            // Where the message left together with the recipients there may be no reply to one of them either.
            if (isAccepted(result, i) || result.recipientReplies().get(i).isEmpty()) {
                asked.get(i).uncertain();
            }
        }
        NoReply missing = result.missing().orElse(NoReply.GARBAGE);
        Classification meaning = missing.classify(SmtpPhase.END_OF_DATA, true);
        boolean resend = route.config().retry().uncertain() == UncertainPolicy.RESEND;
        if (!resend) {
            refusedRecipients(result, asked);
        }
        return setback(
                resend ? advising(meaning, RetryAdvice.YES) : meaning, result, result.phase(), result.reply(), false);
    }

    private Setback notSent(TransferResult result, List<Recipient> asked, boolean reused) {
        // A session lost in mid-envelope says nothing of the recipients it had refused before, but that is for the next
        // attempt to find out again; one that only refused recipients is decided by them.
        if (result.phase() == SmtpPhase.RCPT && result.missing().isEmpty()) {
            Optional<Setback> refused = refusedRecipients(result, asked);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (sendPartial) {
            refusedRecipients(result, asked);
        }
        Classification meaning = meaning(result.phase(), result.reply(), result.missing());
        if (result.isAnnouncedInVain()) {
            // Where the octets behind BDAT were taken for commands the session is lost, but not the message.
            meaning = advising(meaning, RetryAdvice.YES);
        }
        return setback(meaning, result, result.phase(), result.reply(), reused && isStale(result, meaning));
    }

    /**
     * Classifies the refused recipients one by one, closes those that need not be tried again, and returns what decides
     * for the envelope: without partial sending one such recipient stops it.
     */
    private Optional<Setback> refusedRecipients(TransferResult result, List<Recipient> asked) {
        List<Setback> passing = new ArrayList<>();
        List<Setback> lasting = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Optional<SmtpReply> reply = result.recipientReplies().get(i);
            if (reply.isEmpty() || reply.get().isPositive()) {
                continue;
            }
            Classification meaning = route.classifier().classify(SmtpPhase.RCPT, reply.get());
            Setback setback = setback(meaning, result, SmtpPhase.RCPT, reply, false);
            boolean isLasting = meaning.retry() != RetryAdvice.YES;
            if (isLasting && meaning.scope() == Scope.RECIPIENT) {
                asked.get(i).rejected(setback);
            }
            (isLasting ? lasting : passing).add(setback);
        }
        boolean passingFirst = result.end() == End.ACCEPTED || sendPartial;
        List<Setback> first = passingFirst && !passing.isEmpty() || lasting.isEmpty() ? passing : lasting;
        return first.stream().findFirst();
    }

    private Classification meaning(SmtpPhase phase, Optional<SmtpReply> reply, Optional<NoReply> missing) {
        // A yes at which Angus stops is the answer to something else: the two sides are out of step.
        return reply.filter(said -> !said.isPositive())
                .map(said -> route.classifier().classify(phase, said))
                .orElseGet(() -> missing.orElse(NoReply.GARBAGE).classify(phase, false));
    }

    /** The relay had closed the session while it stood idle: a bare close, or a 421 found in place of a reply. */
    private static boolean isStale(TransferResult result, Classification meaning) {
        boolean early = result.phase() == SmtpPhase.MAIL || result.phase() == SmtpPhase.RCPT;
        boolean closed = result.missing()
                .filter(why -> why != NoReply.TIMEOUT && why != NoReply.INTERRUPTED)
                .isPresent();
        boolean announced = result.reply().map(SmtpReply::code).orElse(0) == 421
                && meaning.kind() != FailureKind.SESSION_LIMIT
                && meaning.kind() != FailureKind.RATE_LIMITED
                && result.phase() == SmtpPhase.MAIL;
        return early && (closed || announced);
    }

    private static boolean isAccepted(TransferResult result, int i) {
        Optional<SmtpReply> reply = result.recipientReplies().get(i);
        return reply.isPresent() && reply.get().isPositive();
    }

    private static Classification advising(Classification c, RetryAdvice retry) {
        return new Classification(
                c.kind(),
                c.scope(),
                retry,
                c.how(),
                c.waitHint(),
                c.limit(),
                c.limitValue(),
                c.reason(),
                c.ruleId(),
                c.source(),
                c.advice());
    }

    private static Setback setback(
            Classification meaning, TransferResult result, SmtpPhase phase, Optional<SmtpReply> reply, boolean stale) {
        return new Setback(
                meaning,
                phase,
                reply,
                reply.isPresent() ? Optional.empty() : result.missing(),
                result.thrown(),
                reply.map(SmtpReply::code).orElse(result.returnCode()),
                result.thrown().map(MessagingException::getMessage).orElse(""),
                stale,
                false);
    }
}
