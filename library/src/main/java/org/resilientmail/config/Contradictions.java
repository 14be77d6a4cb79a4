package org.resilientmail.config;

import java.time.Duration;

/** Values that are fine each and make no sense together. */
final class Contradictions {

    private Contradictions() {}

    static <T> Entry inCode(Setting<T> setting, T value) {
        return new Entry(setting.property(), setting.type().format(value), Origin.CODE, value);
    }

    static void checkWaits(Entry initial, Entry longest, Problems problems) {
        Duration first = ConfigKeys.RETRY_INITIAL_WAIT.valueOf(initial);
        Duration max = ConfigKeys.RETRY_MAX_WAIT.valueOf(longest);
        if (first.compareTo(max) > 0) {
            problems.add(
                    initial,
                    "is longer than " + longest.property() + "=" + Problems.shown(longest.text()) + " ("
                            + longest.origin() + "); allowed: the first wait is at most the longest");
        }
    }
}
