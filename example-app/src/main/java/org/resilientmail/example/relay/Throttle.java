package org.resilientmail.example.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Refuses every message for a while, once, after a number of them was accepted. Thread-safe. */
final class Throttle {

    private final int after;
    private final Duration length;
    private final InstantSource clock;
    private Instant end;

    Throttle(int after, Duration length, InstantSource clock) {
        this.after = after;
        this.length = length;
        this.clock = clock;
    }

    synchronized Optional<String> refusal(int acceptedMessages) {
        if (after == 0 || acceptedMessages < after) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (end == null) {
            end = now.plus(length);
        }
        return now.isBefore(end) ? Optional.of(Replies.throttled(length.toSeconds())) : Optional.empty();
    }
}
