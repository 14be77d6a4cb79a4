package org.resilientmail.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * What every failure of the transport tells. Each implementation is an exception that the undecorated transport could
 * have thrown at the same place, so that existing {@code catch} clauses keep their meaning; the undecorated
 * transport's own exception is its cause and stays reachable over {@code getNextException()}.
 *
 * <p>Details are not serialized: after a journey through a stream only the message is left.
 */
public sealed interface MailFailure
        permits AuthenticationFailed,
                ConnectFailed,
                DeliveryUncertain,
                MessageRejected,
                ProtocolFailure,
                QuotaExceeded,
                RateLimited,
                RecipientRejected,
                SenderRejected,
                ServerUnavailable,
                SessionLimit,
                TlsRequired {

    /** {@return everything this failure tells, as one immutable value; never {@code null}} */
    FailureReport report();

    /** {@return what went wrong} */
    default FailureKind kind() {
        return report().classification().kind();
    }

    /** {@return what the failure means, what follows from it, and by which rule} */
    default Classification classification() {
        return report().classification();
    }

    /** {@return the relay's reply, or empty when none came} */
    default Optional<SmtpReply> reply() {
        return report().reply();
    }

    /** {@return the step of the SMTP conversation the failure happened in} */
    default SmtpPhase phase() {
        return report().phase();
    }

    /**
     * {@return the fate of every recipient of the call, in the caller's order; empty when the failure came before the
     * recipients were known, as in {@code connect}}
     */
    default List<RecipientOutcome> recipients() {
        return report().recipients();
    }

    /** {@return attempts made for the envelope that failed; 0 when nothing was attempted} */
    default int attempts() {
        return report().attempts();
    }

    /** {@return how long to wait before a further try, where the reply or its rule names a time} */
    default Optional<Duration> waitHint() {
        return report().waitHint();
    }

    /** {@return the id of the rule that classified the failure; {@code explain --rules-list} shows it} */
    default String ruleId() {
        return report().classification().ruleId();
    }

    /** {@return what it means and what a person should do, in one or two sentences} */
    default String advice() {
        return report().classification().advice();
    }

    /** {@return the {@code Message-ID} under which the relay's log has the message, if it is known} */
    default Optional<String> messageId() {
        return report().messageId();
    }
}
