package org.resilientmail.failure;

/**
 * The conversation with the relay went out of step, or the relay answered what no rule knows.
 */
public final class ProtocolFailure extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    ProtocolFailure(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
