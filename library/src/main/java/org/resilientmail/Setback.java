package org.resilientmail;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * One attempt that failed: what it means, where, and what it rests on. Immutable.
 *
 * @param classification what it means
 * @param phase the step that failed
 * @param reply the relay's reply, if there was one
 * @param missing why there was none
 * @param thrown what Angus threw, if anything
 * @param returnCode the code Angus reports, or -1
 * @param words what to begin a message with when there is no reply
 * @param stale whether a session that had stood idle was found dead before anything was sent
 * @param last whether no further attempt may follow, whatever the classification says
 */
record Setback(
        Classification classification,
        SmtpPhase phase,
        Optional<SmtpReply> reply,
        Optional<NoReply> missing,
        Optional<MessagingException> thrown,
        int returnCode,
        String words,
        boolean stale,
        boolean last) {

    /** A failure of our own making: nothing was asked of the relay. */
    static Setback own(Classification classification, String words, Exception cause) {
        return new Setback(
                classification,
                SmtpPhase.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(cause).map(OwnFailures::asMessagingException),
                -1,
                words,
                false,
                true);
    }

    /** What was to be sent is not valid in a command; nothing of it was written. */
    static Setback invalid(SmtpPhase phase, MessagingException thrown) {
        Throwable cause = thrown.getNextException();
        String words = cause == null || cause.getMessage() == null ? thrown.getMessage() : cause.getMessage();
        return new Setback(
                OwnFailures.invalidCommand(phase),
                phase,
                Optional.empty(),
                Optional.empty(),
                Optional.of(thrown),
                -1,
                words,
                false,
                true);
    }

    /** The session announced a smaller cap than the envelope has recipients; nothing was sent. */
    static Setback smaller() {
        return own(OwnFailures.tooManyRecipients(), "the relay announced a smaller number of recipients", null);
    }
}
