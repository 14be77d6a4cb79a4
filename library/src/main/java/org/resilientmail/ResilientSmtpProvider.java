package org.resilientmail;

import jakarta.mail.Provider;

/**
 * Tells Jakarta Mail that {@link ResilientTransport} serves {@code smtp}. Found as a service; because it is not marked as a default
 * provider, it comes before Angus' own.
 */
public final class ResilientSmtpProvider extends Provider {

    /** Called by Jakarta Mail's service look-up. */
    public ResilientSmtpProvider() {
        super(Type.TRANSPORT, "smtp", ResilientTransport.class.getName(), "resilient-mail", null);
    }
}
