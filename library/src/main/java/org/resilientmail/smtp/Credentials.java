package org.resilientmail.smtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a login depends on besides relay and user: the password, as a keyed digest, and how it is presented. Two that are
 * equal get the same answer from the relay, so that one that was refused need not be tried again. Immutable; holds no
 * secret.
 */
public final class Credentials {

    private final String password;
    private final Map<String, Object> presented;
    private final List<Object> settings;

    private Credentials(String password, Map<String, Object> presented, List<Object> settings) {
        this.password = password;
        this.presented = presented;
        this.settings = settings;
    }

    /** Those of a specification, whose password's digest its key has. */
    static Credentials of(ConnectSpec spec, ConnectionKey key) {
        // Not what else changes a connection, such as time-outs or socket factories: an application that makes a new
        // Session for each message would be refused with each of them.
        Map<String, Object> presented = new HashMap<>();
        String prefix = "mail." + spec.protocol() + ".";
        for (Map.Entry<Object, Object> property : spec.properties().entrySet()) {
            String name = (String) property.getKey();
            boolean ofLogin = name.startsWith(prefix)
                    && (name.startsWith("auth", prefix.length()) || name.startsWith("sasl", prefix.length()));
            if (ofLogin && property.getValue() instanceof String value) {
                presented.put(name, value);
            }
        }
        LoginSettings settings = spec.settings();
        return new Credentials(
                key.password(),
                presented,
                Arrays.asList(
                        settings.saslEnabled(),
                        settings.saslMechanisms(),
                        settings.saslRealm(),
                        settings.authorizationId(),
                        settings.ntlmDomain()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that
                && password.equals(that.password)
                && presented.equals(that.presented)
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return password.hashCode(); // a digest: as good as all of it
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
