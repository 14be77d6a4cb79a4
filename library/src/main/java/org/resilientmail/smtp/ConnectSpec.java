package org.resilientmail.smtp;

import jakarta.mail.Session;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

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
 * @param properties the Session's {@code mail.} properties as they were when this was made: sessions are opened by these,
 *     also when the application has changed its own meanwhile, because it is these that {@link #key()} tells apart
 */
public record ConnectSpec(
        Session session,
        String protocol,
        String host,
        int port,
        String user,
        String password,
        LoginSettings settings,
        Properties properties) {

    /**
     * Takes the Session's properties as they are now.
     *
     * @param session see {@link #session()}
     * @param protocol see {@link #protocol()}
     * @param host see {@link #host()}
     * @param port see {@link #port()}
     * @param user see {@link #user()}
     * @param password see {@link #password()}
     * @param settings see {@link #settings()}
     */
    public ConnectSpec(
            Session session,
            String protocol,
            String host,
            int port,
            String user,
            String password,
            LoginSettings settings) {
        this(session, protocol, host, port, user, password, settings, session.getProperties());
    }

    /**
     * Checks what must not be {@code null}, and takes the properties as they are now.
     *
     * @param session see {@link #session()}
     * @param protocol see {@link #protocol()}
     * @param host see {@link #host()}
     * @param port see {@link #port()}
     * @param user see {@link #user()}
     * @param password see {@link #password()}
     * @param settings see {@link #settings()}
     * @param properties see {@link #properties()}
     */
    public ConnectSpec {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(settings, "settings");
        properties = asTheyAre(Objects.requireNonNull(properties, "properties"));
    }

    /** A copy without a chain: defaults and values that are no strings stand in it like all others. */
    private static Properties asTheyAre(Properties live) {
        Properties copy = new Properties();
        for (String name : live.stringPropertyNames()) {
            if (name.startsWith("mail.")) {
                copy.put(name, live.getProperty(name));
            }
        }
        for (Map.Entry<Object, Object> entry : live.entrySet()) {
            if (entry.getKey() instanceof String key
                    && key.startsWith("mail.")
                    && !(entry.getValue() instanceof String)) {
                copy.put(key, entry.getValue());
            }
        }
        return copy;
    }

    /** {@return the key of the sessions that may be used in place of one opened with this} */
    public ConnectionKey key() {
        return ConnectionKey.of(this);
    }

    /** {@return the same, but where the application's socket factory fails, so does the opening} */
    public ConnectSpec withoutFallback() {
        Properties strict = new Properties();
        strict.putAll(properties);
        strict.put("mail." + protocol + ".socketFactory.fallback", "false");
        return new ConnectSpec(session, protocol, host, port, user, password, settings, strict);
    }

    /**
     * What a login with this depends on.
     *
     * @param key this one's {@link #key()}, which has the password's digest
     * @return the credentials; empty when there is nothing to log in with
     */
    public Optional<Credentials> credentials(ConnectionKey key) {
        return user == null || password == null ? Optional.empty() : Optional.of(Credentials.of(this, key));
    }

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : user + "@") + host + ":" + port;
    }
}
