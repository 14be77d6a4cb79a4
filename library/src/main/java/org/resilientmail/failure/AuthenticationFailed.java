package org.resilientmail.failure;

import jakarta.mail.AuthenticationFailedException;

/**
 * The relay refused the credentials, or the account behind them (RFC 4954 section 6). Thrown from {@code connect}, and
 * while sending when the relay asks for authentication only then.
 */
public final class AuthenticationFailed extends AuthenticationFailedException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    AuthenticationFailed(FailureReport report, Origin origin) {
        super(report.message(origin.words()));
        setNextException(origin.cause()); // the constructor that does so is not in every version the agent serves
        this.report = report;
    }

    @Override
    public FailureReport report() {
        return FailureReport.orLost(report);
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
