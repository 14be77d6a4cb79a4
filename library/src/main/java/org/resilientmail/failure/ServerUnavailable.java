package org.resilientmail.failure;

/**
 * The relay, or the network on the way to it, does not work at the moment, or it asked to come back later and the
 * call's deadline or attempts were used up.
 */
public final class ServerUnavailable extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    ServerUnavailable(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
