package org.resilientmail;

import jakarta.mail.Provider;

/**
 * Tells Jakarta Mail that {@link ResilientSslTransport} serves {@code smtps}. Found as a service; because it is not marked as a default
 * provider, it comes before Angus' own.
 */
public final class ResilientSmtpsProvider extends Provider {

    /** Called by Jakarta Mail's service look-up. */
    public ResilientSmtpsProvider() {
        super(Type.TRANSPORT, "smtps", ResilientSslTransport.class.getName(), "resilient-mail", null);
    }
}
