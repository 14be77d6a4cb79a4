package org.resilientmail.reply;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The numbers a reply names, read only when they are asked for: waits ("in 92 seconds") and limits ("max 50 per
 * message"). Bounded: a wait is at most {@value #MAX_WAIT_DAYS} days. Confined to one call.
 */
final class TextNumbers {

    static final int MAX_WAIT_DAYS = 7;

    private final FoldedText text;
    private Words words;

    TextNumbers(FoldedText text) {
        this.text = text;
    }

    Optional<Duration> namedWait() {
        return WaitReader.read(words()).map(TextNumbers::bounded);
    }

    OptionalLong namedLimit(LimitKind limit) {
        return LimitReader.read(words(), limit);
    }

    private static Duration bounded(Duration wait) {
        Duration longest = Duration.ofDays(MAX_WAIT_DAYS);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private Words words() {
        if (words == null) {
            words = Words.of(text);
        }
        return words;
    }
}
