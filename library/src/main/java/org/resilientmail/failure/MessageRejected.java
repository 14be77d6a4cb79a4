package org.resilientmail.failure;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The relay refused this message: its size (RFC 1870), its content, or a policy or reputation it fell under. The same message will be refused again.
 */
public final class MessageRejected extends SMTPSendFailedException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    MessageRejected(FailureReport report, Origin origin) {
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
