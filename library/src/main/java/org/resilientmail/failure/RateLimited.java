package org.resilientmail.failure;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The relay, or a configured limit, throttles this account; the same message passes when sent more slowly. Thrown when the waits did not fit into the call's deadline.
 */
public final class RateLimited extends SMTPSendFailedException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    RateLimited(FailureReport report, Origin origin) {
        super(
                origin.command(),
                origin.returnCode(),
                report.message(origin.words()),
                origin.cause(),
                origin.validSent(),
                origin.validUnsent(),
                origin.invalid());
        this.report = report;
    }

    @Override
    public FailureReport report() {
        return FailureReport.orLost(report);
    }
}
