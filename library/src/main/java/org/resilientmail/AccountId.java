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

    @Override
    public String toString() {
        return protocol + "://" + (user == null ? "" : PlainText.of(user) + "@") + PlainText.of(host) + ":" + port;
    }
}
