package org.resilientmail;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/** {@link ResilientTransport} for {@code smtps}: TLS from the first byte (RFC 8314). */
public final class ResilientSslTransport extends ResilientTransport {

    /**
     * Called by Jakarta Mail.
     *
     * @param session the Session
     * @param url what the transport is for
     */
    public ResilientSslTransport(Session session, URLName url) {
        super(session, url, "smtps", true);
    }
}
