package org.resilientmail.smtp;

import jakarta.mail.Session;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What two sessions must have in common to be interchangeable: host, port, user, password (as a keyed digest) and every
 * property and setting that changes the connection. Immutable; holds no secret.
 */
public final class ConnectionKey {

    /** Properties, without the protocol's prefix, that Angus reads for each message and not for the connection. */
    private static final Set<String> PER_MESSAGE = Set.of(
            "from",
            "sendpartial",
            "reportsuccess",
            "allow8bitmime",
            "dsn.notify",
            "dsn.ret",
            "submitter",
            "mailextension",
            "chunksize",
            "class",
            "user",
            "host",
            "port");

    private static final Set<String> GENERAL =
            Set.of("mail.mime.allowutf8", "mail.debug.auth", "mail.debug.auth.username", "mail.debug.auth.password");

    private final String protocol;
    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final LoginSettings settings;
    private final Map<String, Object> properties;
    private final PrintStream debugOut;
    private final int hash;

    private ConnectionKey(ConnectSpec spec, Map<String, Object> properties, PrintStream debugOut) {
        this.protocol = spec.protocol();
        this.host = spec.host().toLowerCase(Locale.ROOT);
        this.port = spec.port();
        this.user = spec.user();
        this.password = Secrets.digest(spec.password());
        this.settings = spec.settings();
        this.properties = properties;
        this.debugOut = debugOut;
        this.hash = java.util.Objects.hash(protocol, host, port, user, password, settings, properties);
    }

    static ConnectionKey of(ConnectSpec spec) {
        Session session = spec.session();
        Map<String, Object> relevant = new HashMap<>();
        String prefix = "mail." + spec.protocol() + ".";
        // Socket factories, executors and the like are objects; the copy in the spec has them beside the strings.
        for (Map.Entry<Object, Object> entry : spec.properties().entrySet()) {
            String key = (String) entry.getKey();
            if (isRelevant(key, prefix)) {
                relevant.put(key, disguised(key, entry.getValue()));
            }
        }
        return new ConnectionKey(spec, relevant, session.getDebug() ? session.getDebugOut() : null);
    }

    private static boolean isRelevant(String name, String prefix) {
        return name.startsWith(prefix)
                ? !PER_MESSAGE.contains(name.substring(prefix.length()))
                : GENERAL.contains(name);
    }

    private static Object disguised(String name, Object value) {
        return value instanceof String text && name.endsWith("password") ? Secrets.digest(text) : value;
    }

    /** {@return the password's digest} */
    String password() {
        return password;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ConnectionKey that
                        && hash == that.hash
                        && port == that.port
                        && protocol.equals(that.protocol)
                        && host.equals(that.host)
                        && java.util.Objects.equals(user, that.user)
                        && password.equals(that.password)
                        && settings.equals(that.settings)
                        && properties.equals(that.properties)
                        && debugOut == that.debugOut;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : user + "@") + host + ":" + port;
    }
}
