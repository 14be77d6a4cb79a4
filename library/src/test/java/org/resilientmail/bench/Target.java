package org.resilientmail.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the messages go, and as whom.
 *
 * @param port on the loopback interface
 */
record Target(int port) {

    /** The name in the sink's certificate. */
    static final String HOST = "localhost";

    static final String USER = "alice";
    static final String PASSWORD = "sesame";
    static final String SENDER = "sender@example.com";
    static final String RECIPIENT = "recipient@example.com";

    /** {@return what follows {@code AUTH PLAIN}} */
    static String plainLogin() {
        String login = "\0" + USER + "\0" + PASSWORD;
        return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII));
    }
}
