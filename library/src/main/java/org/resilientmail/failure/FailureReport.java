package org.resilientmail.failure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.PlainText;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Everything a {@link MailFailure} tells, in one immutable value. Holds no credentials and nothing of the message's
 * content.
 *
 * @param classification what the failure means and by which rule
 * @param phase the step of the conversation it happened in
 * @param reply the relay's reply, or empty when none came
 * @param recipients the fate of every recipient of the call, in the caller's order; empty when the failure came before
 *     the recipients were known, as in {@code connect}
 * @param attempts attempts made for the envelope that failed; 0 when nothing was attempted
 * @param messageId the {@code Message-ID} under which the relay's log has the message, if it is known
 */
public record FailureReport(
        Classification classification,
        SmtpPhase phase,
        Optional<SmtpReply> reply,
        List<RecipientOutcome> recipients,
        int attempts,
        Optional<String> messageId) {

    private static final FailureReport LOST = new FailureReport(
            new Classification(
                    FailureKind.UNKNOWN,
                    Scope.MESSAGE,
                    RetryAdvice.NO,
                    RetryHow.SAME_SESSION,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    "deserialized",
                    "none",
                    "none",
                    "The details of this failure stayed in the process that met it; see the message."),
            SmtpPhase.UNKNOWN,
            Optional.empty(),
            List.of(),
            0,
            Optional.empty());

    /**
     * Copies the list and checks that nothing is {@code null}.
     *
     * @param classification see {@link #classification()}
     * @param phase see {@link #phase()}
     * @param reply see {@link #reply()}
     * @param recipients see {@link #recipients()}
     * @param attempts see {@link #attempts()}
     * @param messageId see {@link #messageId()}
     */
    public FailureReport {
        Objects.requireNonNull(classification, "classification");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(reply, "reply");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(messageId, "messageId");
    }

    /** Reports are not serialized with their exception; this stands in after a journey through a stream. */
    static FailureReport orLost(FailureReport report) {
        return report == null ? LOST : report;
    }

    /** {@return the wait the reply named, if it named one} */
    Optional<Duration> waitHint() {
        return classification.waitHint();
    }

    /**
     * The message of the exception: the server's own words first, then what they mean.
     *
     * @param words the words to begin with when the relay sent no reply
     */
    String message(String words) {
        StringBuilder text = new StringBuilder(160);
        text.append(
                reply.map(SmtpReply::toString).filter(said -> !said.isEmpty()).orElseGet(() -> PlainText.of(words)));
        text.append(" [").append(classification.kind());
        if (phase != SmtpPhase.UNKNOWN) {
            text.append(" at ").append(phase);
        }
        text.append(", rule ").append(classification.ruleId());
        if (attempts > 1) {
            text.append(", ").append(attempts).append(" attempts");
        }
        appendCounts(text);
        text.append(']');
        if (!classification.advice().isEmpty()) {
            text.append(' ').append(classification.advice());
        }
        return text.toString();
    }

    private void appendCounts(StringBuilder text) {
        if (recipients.size() < 2) {
            return;
        }
        for (RecipientState state : RecipientState.values()) {
            long count = recipients.stream().filter(r -> r.state() == state).count();
            if (count > 0) {
                text.append(", ").append(count).append(' ').append(state.name().toLowerCase(Locale.ROOT));
            }
        }
    }
}
