package org.resilientmail.failure;

/**
 * The envelope or header sender may not send through this account, or is malformed.
 */
public final class SenderRejected extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    SenderRejected(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
