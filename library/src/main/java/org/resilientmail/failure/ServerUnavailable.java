package org.resilientmail.failure;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The relay, or the network on the way to it, does not work at the moment, or it asked to come back later and the call's deadline or attempts were used up.
 */
public final class ServerUnavailable extends SMTPSendFailedException implements MailFailure {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    ServerUnavailable(FailureReport report, Origin origin) {
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
