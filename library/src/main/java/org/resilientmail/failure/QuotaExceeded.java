package org.resilientmail.failure;

/**
 * The sender's own plan, credits or daily cap are used up. Sending again within the period only adds refusals.
 */
public final class QuotaExceeded extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    QuotaExceeded(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
