package org.resilientmail.failure;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.util.MailConnectException;

/** Makes the exception that stands for a report: one kind, one type. */
public final class MailFailures {

    private MailFailures() {}

    /**
     * Makes the exception for a report.
     *
     * @param report what happened
     * @param origin what the undecorated transport said of it
     * @return an exception that is also a {@link MailFailure}
     */
    public static MessagingException of(FailureReport report, Origin origin) {
        return switch (report.classification().kind()) {
            case AUTHENTICATION_FAILED -> new AuthenticationFailed(report, origin);
            case QUOTA_EXCEEDED -> new QuotaExceeded(report, origin);
            case RATE_LIMITED -> new RateLimited(report, origin);
            case SESSION_LIMIT -> new SessionLimit(report, origin);
            case RECIPIENT_REJECTED, MAILBOX_FULL, TOO_MANY_RECIPIENTS -> new RecipientRejected(report, origin);
            case SENDER_REJECTED -> new SenderRejected(report, origin);
            case MESSAGE_TOO_LARGE, CONTENT_REJECTED, POLICY_BLOCKED -> new MessageRejected(report, origin);
            case TLS_REQUIRED -> new TlsRequired(report, origin);
            case SERVER_UNAVAILABLE, DEFERRED -> unavailable(report, origin);
            case PROTOCOL_ERROR, UNKNOWN -> new ProtocolFailure(report, origin);
            case DELIVERY_UNCERTAIN -> new DeliveryUncertain(report, origin);
        };
    }

    private static MessagingException unavailable(FailureReport report, Origin origin) {
        // Only where connect() itself failed: within a send, code written for Angus expects a SendFailedException.
        if (report.recipients().isEmpty() && origin.cause() instanceof MailConnectException original) {
            return new ConnectFailed(report, original);
        }
        return new ServerUnavailable(report, origin);
    }
}
