package org.resilientmail.cli;

import org.resilientmail.reply.FailureKind;

/**
 * The names of the exceptions that kinds are thrown as. Names, not classes: those need Jakarta Mail, which this command
 * line does not.
 */
public final class ExceptionTypes {

    private static final String PACKAGE = "org.resilientmail.failure.";

    private ExceptionTypes() {}

    /**
     * The exception a failure is thrown as.
     *
     * @param kind the failure's kind
     * @return the full name of its class
     */
    public static String of(FailureKind kind) {
        return PACKAGE
                + switch (kind) {
                    case AUTHENTICATION_FAILED -> "AuthenticationFailed";
                    case QUOTA_EXCEEDED -> "QuotaExceeded";
                    case RATE_LIMITED -> "RateLimited";
                    case SESSION_LIMIT -> "SessionLimit";
                    case RECIPIENT_REJECTED, MAILBOX_FULL, TOO_MANY_RECIPIENTS -> "RecipientRejected";
                    case SENDER_REJECTED -> "SenderRejected";
                    case MESSAGE_TOO_LARGE, CONTENT_REJECTED, POLICY_BLOCKED -> "MessageRejected";
                    case TLS_REQUIRED -> "TlsRequired";
                    case SERVER_UNAVAILABLE, DEFERRED -> "ServerUnavailable";
                    case PROTOCOL_ERROR, UNKNOWN -> "ProtocolFailure";
                    case DELIVERY_UNCERTAIN -> "DeliveryUncertain";
                };
    }
}
