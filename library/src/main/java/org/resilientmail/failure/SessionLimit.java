package org.resilientmail.failure;

/**
 * A bound of the relay's sessions (at once, messages, lifetime, idle time), or of the pool's wait for a free one,
 * could not be met within the call.
 */
public final class SessionLimit extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    SessionLimit(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
