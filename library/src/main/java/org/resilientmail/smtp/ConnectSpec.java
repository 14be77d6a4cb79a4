package org.resilientmail.smtp;

import jakarta.mail.Session;
import java.util.Objects;

/**
 * All that is needed to open a session. Its {@code toString} shows no password.
 *
 * @param session the application's Session
 * @param protocol {@code smtp} or {@code smtps}: the prefix of the properties that count
 * @param host the relay's name
 * @param port the relay's port
 * @param user the user name, or {@code null}
 * @param password the password, or {@code null}
 * @param settings what was set on the transport object
 */
public record ConnectSpec(
        Session session, String protocol, String host, int port, String user, String password, LoginSettings settings) {

    /**
     * Checks what must not be {@code null}.
     *
     * @param session see {@link #session()}
     * @param protocol see {@link #protocol()}
     * @param host see {@link #host()}
     * @param port see {@link #port()}
     * @param user see {@link #user()}
     * @param password see {@link #password()}
     * @param settings see {@link #settings()}
     */
    public ConnectSpec {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(settings, "settings");
    }

    /** {@return the key of the sessions that may be used in place of one opened with this} */
    public ConnectionKey key() {
        return ConnectionKey.of(this);
    }

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : user + "@") + host + ":" + port;
    }
}
