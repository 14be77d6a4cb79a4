package org.resilientmail.failure;

/**
 * The relay, or a configured limit, throttles this account; the same message passes when sent more slowly. Thrown
 * when the waits did not fit into the call's deadline.
 */
public final class RateLimited extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    RateLimited(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
