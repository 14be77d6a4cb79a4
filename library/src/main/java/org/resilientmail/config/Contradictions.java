package org.resilientmail.config;

import java.time.Duration;

/** Values that are fine each and make no sense together. */
final class Contradictions {

    private Contradictions() {}

    static <T> Entry inCode(Setting<T> setting, T value) {
        return new Entry(setting.property(), setting.type().format(value), Origin.CODE, value);
    }

    /** The same for a first and a longest wait given in code. */
    static void checkWaits(
            Setting<Duration> first, Duration initial, Setting<Duration> last, Duration longest, Problems problems) {
        checkWaits(first, inCode(first, initial), last, inCode(last, longest), problems);
    }

    static void checkWaits(
            Setting<Duration> firstOf, Entry initial, Setting<Duration> longestOf, Entry longest, Problems problems) {
        Duration first = firstOf.valueOf(initial);
        Duration max = longestOf.valueOf(longest);
        if (first.compareTo(max) > 0) {
            problems.add(
                    initial,
                    "is longer than " + longest.property() + "=" + Problems.shown(longest.text()) + " ("
                            + longest.origin() + "); allowed: the first wait is at most the longest");
        }
    }
}
