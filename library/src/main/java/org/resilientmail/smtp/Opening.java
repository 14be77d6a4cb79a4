package org.resilientmail.smtp;

import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What was seen while a session was opened, as far as it came. Immutable.
 *
 * @param greeting the relay's greeting as it came from the wire; empty if there was none
 * @param tls the TLS session, if the connection was secured; the certificates are in it
 * @param extensions what the relay announced last, upper-case names with their parameters; none before EHLO
 */
public record Opening(String greeting, Optional<SSLSession> tls, Map<String, String> extensions) {

    /** There was no connection. */
    static final Opening NOTHING = new Opening("", Optional.empty(), Map.of());
}
