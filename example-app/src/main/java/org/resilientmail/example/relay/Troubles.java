package org.resilientmail.example.relay;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What goes wrong at the relay on top of its limits. Addresses are compared in lower case.
 *
 * @param unknownMailboxes recipients that do not exist
 * @param greylisted recipients that are deferred at their first try
 * @param greylisting how long they are deferred, in whole seconds
 * @param throttleAfter accepted messages after which the relay throttles once; 0 for never
 * @param throttling how long it throttles, in whole seconds
 */
public record Troubles(
        Set<String> unknownMailboxes,
        Set<String> greylisted,
        Duration greylisting,
        int throttleAfter,
        Duration throttling) {

    /** Copies the sets. */
    public Troubles {
        unknownMailboxes = Set.copyOf(unknownMailboxes);
        greylisted = Set.copyOf(greylisted);
        Objects.requireNonNull(greylisting, "greylisting");
        Objects.requireNonNull(throttling, "throttling");
    }

    /** {@return a relay at which nothing goes wrong} */
    public static Troubles none() {
        return new Troubles(Set.of(), Set.of(), Duration.ZERO, 0, Duration.ZERO);
    }
}
