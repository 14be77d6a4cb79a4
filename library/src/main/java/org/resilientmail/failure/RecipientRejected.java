package org.resilientmail.failure;

/**
 * One or more recipients were refused, or their mailboxes are full, or there are too many and they cannot be split.
 * Which ones, and why, is in {@link #recipients()}.
 */
public final class RecipientRejected extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    RecipientRejected(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
