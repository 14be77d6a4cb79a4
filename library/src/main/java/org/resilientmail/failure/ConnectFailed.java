package org.resilientmail.failure;

import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;

/**
 * No TCP connection to the relay could be made. A type of its own because Angus throws {@link MailConnectException}
 * here and nowhere else, and code that catches that one has to keep working. Its kind is
 * {@link org.resilientmail.reply.FailureKind#SERVER_UNAVAILABLE}.
 */
public final class ConnectFailed extends MailConnectException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    private final transient String message;

    ConnectFailed(FailureReport report, MailConnectException original) {
        super(new SocketConnectException(
                original.getMessage(),
                original.getNextException(),
                original.getHost(),
                original.getPort(),
                original.getConnectionTimeout()));
        this.report = report;
        this.message = report.message(original.getMessage());
    }

    @Override
    public FailureReport report() {
        return FailureReport.orLost(report);
    }

    @Override
    public String getMessage() {
        return message == null ? super.getMessage() : message;
    }

    /** {@return this failure, or one of the mail implementation's own where nobody could read ours} */
    private Object writeReplace() {
        return Serialized.of(this);
    }

    @Override
    public synchronized String toString() {
        return Description.of(this);
    }
}
