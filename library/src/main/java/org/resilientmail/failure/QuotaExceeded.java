package org.resilientmail.failure;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The sender's own plan, credits or daily cap are used up. Sending again within the period only adds refusals.
 */
public final class QuotaExceeded extends SMTPSendFailedException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    QuotaExceeded(FailureReport report, Origin origin) {
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
