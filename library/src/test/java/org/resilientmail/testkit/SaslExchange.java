package org.resilientmail.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** One login by PLAIN (RFC 4616), LOGIN or XOAUTH2. For one thread. */
final class SaslExchange {

    private static final String REFUSED = "535 5.7.8 Authentication credentials invalid";

    private final String mechanism;
    private final Map<String, String> users;
    private String user = "";
    private int round;
    private boolean refused;

    SaslExchange(String mechanism, Map<String, String> users) {
        this.mechanism = mechanism;
        this.users = users;
    }

    /** Whether the credentials have been found wrong, even if the mechanism has one more round to say so. */
    boolean isRefused() {
        return refused;
    }

    /** The name given, empty before it was. */
    String user() {
        return user;
    }

    /**
     * The server's ordinary answer to the client's response.
     *
     * @param response in base 64; {@code null} for an AUTH command without an initial response
     */
    String answer(String response) {
        if (response == null) {
            return "LOGIN".equals(mechanism) ? challenge("Username:") : "334 ";
        }
        String decoded;
        try {
            decoded = new String(
                    Base64.getDecoder().decode("=".equals(response) ? "" : response), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "501 5.5.2 Cannot decode the response";
        }
        round++;
        return switch (mechanism) {
            case "PLAIN" -> plain(decoded);
            case "LOGIN" -> login(decoded);
            default -> bearer(decoded);
        };
    }

    private String plain(String decoded) {
        String[] parts = decoded.split("\0", -1);
        if (parts.length != 3) {
            return "501 5.5.2 Malformed response";
        }
        user = parts[1];
        return verdict(parts[2]);
    }

    private String login(String decoded) {
        if (round == 1) {
            user = decoded;
            return challenge("Password:");
        }
        return verdict(decoded);
    }

    /** The first refusal is a challenge with the reason; the client answers it with an empty line. */
    private String bearer(String decoded) {
        if (round > 1) {
            return REFUSED;
        }
        String token = "";
        for (String field : decoded.split("\u0001")) {
            if (field.startsWith("user=")) {
                user = field.substring("user=".length());
            } else if (field.startsWith("auth=Bearer ")) {
                token = field.substring("auth=Bearer ".length());
            }
        }
        String verdict = verdict(token);
        return refused ? challenge("{\"status\":\"400\",\"schemes\":\"Bearer\"}") : verdict;
    }

    private String verdict(String password) {
        refused = !password.equals(users.get(user));
        return refused ? REFUSED : "235 2.7.0 Authentication successful";
    }

    private static String challenge(String text) {
        return "334 " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
