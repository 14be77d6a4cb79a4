package org.resilientmail.example.relay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads credentials by AUTH PLAIN (RFC 4616) or AUTH LOGIN. */
final class LoginExchange {

    private static final String USERNAME = "334 VXNlcm5hbWU6";
    private static final String PASSWORD = "334 UGFzc3dvcmQ6";

    private final Wire wire;

    LoginExchange(Wire wire) {
        this.wire = wire;
    }

    /** Is thrown where the exchange ends without credentials; the message is the reply to give. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String reply) {
            super(reply);
        }
    }

    /**
     * Reads the credentials.
     *
     * @param arguments what followed AUTH: the mechanism and perhaps an initial response
     */
    Login read(String arguments) throws IOException, Failed {
        String[] words = arguments.split(" ", 2);
        String initial = words.length > 1 ? words[1].strip() : null;
        return switch (words[0].toUpperCase(java.util.Locale.ROOT)) {
            case "PLAIN" -> plain(initial == null ? ask("334 ") : decode(initial));
            case "LOGIN" -> {
                String user = initial == null ? ask(USERNAME) : decode(initial);
                yield new Login(user, ask(PASSWORD));
            }
            default -> throw new Failed(Replies.UNKNOWN_MECHANISM);
        };
    }

    private static Login plain(String token) throws Failed {
        String[] parts = token.split("\0", -1);
        if (parts.length != 3) {
            throw new Failed(Replies.BAD_SYNTAX);
        }
        return new Login(parts[1], parts[2]);
    }

    private String ask(String prompt) throws IOException, Failed {
        wire.send(prompt);
        String line = wire.readLine();
        if (line == null) {
            throw new EOFException("the sender left within AUTH");
        }
        return decode(line);
    }

    private static String decode(String line) throws Failed {
        if (line.equals("*")) {
            throw new Failed(Replies.LOGIN_CANCELLED);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(line.equals("=") ? "" : line);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failed(Replies.BAD_SYNTAX);
        }
    }
}
