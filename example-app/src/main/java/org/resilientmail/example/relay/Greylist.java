package org.resilientmail.example.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Defers chosen recipients from their first try until a time has passed (RFC 6647). Thread-safe. */
final class Greylist {

    private final Set<String> addresses;
    private final Duration wait;
    private final InstantSource clock;
    private final Map<String, Instant> passFrom = new HashMap<>();

    Greylist(Set<String> addresses, Duration wait, InstantSource clock) {
        this.addresses = addresses;
        this.wait = wait;
        this.clock = clock;
    }

    synchronized Optional<String> refusal(String recipient) {
        String key = recipient.toLowerCase(Locale.ROOT);
        if (!addresses.contains(key)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant pass = passFrom.computeIfAbsent(key, first -> now.plus(wait));
        return now.isBefore(pass) ? Optional.of(Replies.greylisted(wait.toSeconds())) : Optional.empty();
    }
}
