package org.resilientmail.failure;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * What the failures that arise while sending have in common: Angus' exception for the same place, with the same command,
 * return code and address arrays, and the report.
 */
abstract class SendFailure extends SMTPSendFailedException {

    private static final long serialVersionUID = 1L;

    private final transient FailureReport report;

    SendFailure(FailureReport report, Origin origin) {
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

    /**
     * Tells everything about this failure.
     *
     * @return the report; never {@code null}
     */
    public FailureReport report() {
        return FailureReport.orLost(report);
    }

    /** {@return this failure, or one of the mail implementation's own where nobody could read ours} */
    Object writeReplace() {
        return Serialized.of(this);
    }

    @Override
    public synchronized String toString() {
        return Description.of(this);
    }
}
