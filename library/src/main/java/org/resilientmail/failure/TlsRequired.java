package org.resilientmail.failure;

/**
 * The relay wants TLS, or a newer TLS, and this session has none (RFC 3207); or TLS was required by the application
 * and the relay does not offer it.
 */
public final class TlsRequired extends SendFailure implements MailFailure {

    private static final long serialVersionUID = 1L;

    TlsRequired(FailureReport report, Origin origin) {
        super(report, origin);
    }
}
