package org.resilientmail;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Objects;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.config.ResilientConfig;

/**
 * The engine all transports of this class loader share: pools, limits and listeners. Safe for use by several threads.
 */
public final class ResilientMail {

    private ResilientMail() {}

    /**
     * Adds a listener for everything the transports of this class loader do from now on.
     *
     * @param listener the listener; adding it twice has no further effect
     */
    public static void addListener(DeliveryListener listener) {
        Engine.SHARED.addListener(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener; unknown ones are ignored
     */
    public static void removeListener(DeliveryListener listener) {
        Engine.SHARED.removeListener(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Decorates a transport, with a configuration built in code.
     *
     * <p>Where the transport is Angus' own, the result is a {@link ResilientTransport} of the same protocol: full
     * knowledge of the conversation, pooled sessions. The object given only tells the protocol and its settings; connect
     * the one returned, and add listeners to that one. Angus does not give out a password in the object's URL: pass it to
     * {@code connect}, or let the Session's Authenticator tell it. Where it is any other, it stays in use, one connection as it is; which phase a failure belongs to
     * is unknown then, so that only a failure that quotes a refusal is tried again.
     *
     * @param session the Session the transport was got from
     * @param transport the transport to decorate; not connected yet
     * @param config what to keep
     * @return the decorated transport; its failures are {@link org.resilientmail.failure.MailFailure}
     * @throws IllegalArgumentException if {@code transport} is already decorated
     */
    public static Transport decorate(Session session, Transport transport, ResilientConfig config) {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(transport, "transport");
        if (transport instanceof ForeignTransport) {
            throw new IllegalArgumentException("the transport is decorated already; allowed: one that is not");
        }
        if (transport instanceof SMTPTransport angus) {
            return ResilientTransport.inPlaceOf(angus, session, config);
        }
        return new ForeignTransport(session, transport, config, Engine.SHARED);
    }

    /**
     * Lets credentials that a relay refused be tried again at once, with the next call. Otherwise they rest, unless they
     * change ({@code auth.initial-wait}), because repeated failures lock accounts. For an operator who has unlocked an
     * account or corrected its password at the provider.
     */
    public static void forgetRefusedLogins() {
        Engine.SHARED.forgetRefusedLogins();
    }

    /**
     * Ends all idle sessions with QUIT, and those in use as soon as their send is through. Sends that begin later open
     * new sessions. The MXBean ({@code mail.resilient.jmx}) is unregistered, and the summary written. For an orderly
     * shutdown, and for a web application that is undeployed.
     */
    public static void closeAll() {
        Engine.SHARED.closeAll();
    }
}
