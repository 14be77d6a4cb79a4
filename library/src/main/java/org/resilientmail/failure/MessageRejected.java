package org.resilientmail.failure;

/**
 * The relay refused this message: its size (RFC 1870), its content, or a policy or reputation it fell under. The same
 * message will be refused again.
 */
public final class MessageRejected extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    MessageRejected(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
