package org.resilientmail;

import java.util.Locale;
import java.util.Objects;
import org.resilientmail.reply.PlainText;

/** What a relay counts its limits by, as far as a client can know: the relay and the user, not the password. */
record AccountId(String protocol, String host, int port, String user) {

    AccountId {
        Objects.requireNonNull(protocol, "protocol");
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * By hand: JDK 17 keeps, in a static, the class of the last record whose generated {@code equals} it linked, and
     * with it the class loader of a web application that is undeployed.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof AccountId that
                && port == that.port
                && protocol.equals(that.protocol)
                && host.equals(that.host)
                && Objects.equals(user, that.user);
    }

    @Override
    public int hashCode() {
        return Objects.hash(protocol, host, port, user);
    }

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : PlainText.of(user) + "@") + PlainText.of(host) + ":" + port;
    }
}
