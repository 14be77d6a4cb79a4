package org.resilientmail.failure;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.angus.mail.util.MailConnectException;
import org.resilientmail.reply.FailureKind;

/** Makes the exception that stands for a report: one kind, one type. */
public final class MailFailures {

    private static final Set<FailureKind> OF_SENDS = EnumSet.of(
            FailureKind.RECIPIENT_REJECTED,
            FailureKind.MAILBOX_FULL,
            FailureKind.TOO_MANY_RECIPIENTS,
            FailureKind.SENDER_REJECTED,
            FailureKind.MESSAGE_TOO_LARGE,
            FailureKind.CONTENT_REJECTED,
            FailureKind.POLICY_BLOCKED,
            FailureKind.PROTOCOL_ERROR,
            FailureKind.UNKNOWN);

    private MailFailures() {}

    /**
     * Makes the exception for a report.
     *
     * @param report what happened
     * @param origin what the undecorated transport said of it
     * @return an exception that is also a {@link MailFailure}
     */
    public static MessagingException of(FailureReport report, Origin origin) {
        FailureKind kind = report.classification().kind();
        if (isLoginRefused(kind, report, origin)) {
            return new AuthenticationFailed(report, origin);
        }
        return switch (kind) {
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

    /** What has its type for sends keeps, where connect() failed, the one that code written for Angus catches there. */
    private static boolean isLoginRefused(FailureKind kind, FailureReport report, Origin origin) {
        return OF_SENDS.contains(kind)
                && report.recipients().isEmpty()
                && origin.cause() instanceof AuthenticationFailedException;
    }

    private static MessagingException unavailable(FailureReport report, Origin origin) {
        // Only where connect() itself failed: within a send, code written for Angus expects a SendFailedException.
        if (report.recipients().isEmpty() && origin.cause() instanceof MailConnectException original) {
            return new ConnectFailed(report, original);
        }
        return new ServerUnavailable(report, origin);
    }
}
