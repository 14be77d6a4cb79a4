package org.resilientmail.reply;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds what a reply means. Immutable and safe for use by several threads; classifying does no I/O. */
public final class ReplyClassifier {

    private static final ReplyClassifier SHIPPED = new ReplyClassifier();

    private ReplyClassifier() {}

    /** {@return the classifier with the shipped rules} */
    public static ReplyClassifier shipped() {
        return SHIPPED;
    }

    /**
     * Classifies a reply that refused something.
     *
     * @param phase the step it answers; {@link SmtpPhase#UNKNOWN} where that is not known
     * @param reply the reply
     * @return what it means; never {@code null}
     */
    public Classification classify(SmtpPhase phase, SmtpReply reply) {
        return new Classification(
                FailureKind.UNKNOWN,
                Scope.MESSAGE,
                reply.isTransient() ? RetryAdvice.YES : RetryAdvice.NO,
                RetryHow.SAME_SESSION,
                Optional.<Duration>empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "unknown",
                "class",
                "RFC 5321",
                "");
    }
}
