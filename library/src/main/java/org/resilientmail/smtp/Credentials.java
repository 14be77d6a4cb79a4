package org.resilientmail.smtp;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a login depends on besides relay and user: the password, as a keyed digest, and how it is presented. Two that are
 * equal get the same answer from the relay, so that one that was refused need not be tried again. Immutable; holds no
 * secret.
 */
public final class Credentials {

    private final String password;
    private final Map<String, String> presented;

    private Credentials(String password, Map<String, String> presented) {
        this.password = password;
        this.presented = presented;
    }

    static Credentials of(ConnectSpec spec) {
        // Not what else changes a connection, such as time-outs or socket factories: an application that makes a new
        // Session for each message would be refused with each of them.
        Map<String, String> presented = new TreeMap<>();
        String prefix = "mail." + spec.protocol() + ".";
        for (String name : spec.properties().stringPropertyNames()) {
            if (name.startsWith(prefix + "auth") || name.startsWith(prefix + "sasl")) {
                presented.put(name, spec.properties().getProperty(name));
            }
        }
        LoginSettings settings = spec.settings();
        presented.put("sasl", settings.saslEnabled() + " " + settings.saslMechanisms());
        presented.put("realm", String.valueOf(settings.saslRealm()));
        presented.put("authorization", String.valueOf(settings.authorizationId()));
        presented.put("domain", String.valueOf(settings.ntlmDomain()));
        return new Credentials(Secrets.digest(spec.password()), presented);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that && password.equals(that.password) && presented.equals(that.presented);
    }

    @Override
    public int hashCode() {
        return 31 * password.hashCode() + presented.hashCode();
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
