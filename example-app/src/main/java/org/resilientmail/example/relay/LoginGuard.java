package org.resilientmail.example.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks credentials, and blocks an address for a while after too many failures in a row. Thread-safe. */
final class LoginGuard {

    private static final Duration BLOCK = Duration.ofMinutes(5);

    private final Login login;
    private final int limit;
    private final InstantSource clock;
    private final Map<InetAddress, Integer> failures = new HashMap<>();
    private final Map<InetAddress, Instant> blockedUntil = new HashMap<>();

    LoginGuard(Login login, int limit, InstantSource clock) {
        this.login = login;
        this.limit = limit;
        this.clock = clock;
    }

    /** {@return why the login is refused, or empty if it is right} */
    synchronized Optional<String> refusal(InetAddress from, Login attempt) {
        Instant now = clock.instant();
        if (blockedUntil.getOrDefault(from, Instant.MIN).isAfter(now)) {
            return Optional.of(Replies.LOGIN_BLOCKED);
        }
        if (login.equals(attempt)) {
            failures.remove(from);
            return Optional.empty();
        }
        if (failures.merge(from, 1, Integer::sum) >= limit) {
            failures.remove(from);
            blockedUntil.put(from, now.plus(BLOCK));
        }
        return Optional.of(Replies.CREDENTIALS_INVALID);
    }
}
