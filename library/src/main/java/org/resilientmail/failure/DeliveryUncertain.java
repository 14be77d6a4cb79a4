package org.resilientmail.failure;

/**
 * The whole message was handed over and no reply came, so the relay may have accepted it. Sending again may deliver
 * twice: look for {@link #messageId()} in the relay's log first. The recipients in doubt are never among the valid
 * unsent addresses, because callers send to those again (RFC 5321 section 4.5.3.2.6, RFC 1047).
 */
public final class DeliveryUncertain extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    DeliveryUncertain(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
