package org.resilientmail.reply;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads how long a reply asks to wait: "in 92 seconds", "after 00:05:00", "in an hour", "tomorrow". */
final class WaitReader {

    private static final int CUE_DISTANCE = 4;
    private static final int LARGEST_NUMBER = 1_000_000;

    private static final Set<String> CUES = Set.of(
            "in",
            "after",
            "for",
            "wait",
            "within",
            "least",
            "retry",
            "again",
            "next",
            "expires",
            "about",
            "until",
            "delay",
            "delayed",
            "retryafter",
            "back");

    private WaitReader() {}

    static Optional<Duration> read(Words words) {
        for (int i = 0; i < words.size(); i++) {
            Duration wait = at(words, i);
            if (wait != null && hasCueBefore(words, i)) {
                return Optional.of(wait);
            }
            if (words.word(i).equals("tomorrow")) {
                return Optional.of(Duration.ofDays(1));
            }
        }
        return Optional.empty();
    }

    private static Duration at(Words words, int i) {
        if (!words.isNumber(i)) {
            return vague(words, i);
        }
        long number = words.number(i);
        if (number > LARGEST_NUMBER) {
            return null;
        }
        if (isClock(words, i)) {
            return Duration.ofHours(number).plusMinutes(words.number(i + 1)).plusSeconds(words.number(i + 2));
        }
        Duration unit = unit(words.word(i + 1));
        if (unit != null) {
            return unit.multipliedBy(number);
        }
        boolean bareSeconds =
                words.word(i - 1).equals("after") && words.word(i - 2).equals("retry");
        return bareSeconds ? Duration.ofSeconds(number) : null;
    }

    /** hh:mm:ss, as milter-greylist prints it. */
    private static boolean isClock(Words words, int i) {
        return words.isNumber(i + 1)
                && words.isNumber(i + 2)
                && words.number(i) < 100
                && words.number(i + 1) < 60
                && words.number(i + 2) < 60
                && !words.isNumber(i + 3)
                && !words.isNumber(i - 1);
    }

    private static Duration vague(Words words, int i) {
        Duration unit = unit(words.word(i + 1));
        if (unit == null && words.word(i + 1).startsWith("moment")) {
            return words.word(i).equals("few") ? Duration.ofMinutes(1) : null;
        }
        if (unit == null) {
            return null;
        }
        return switch (words.word(i)) {
            case "a", "an", "one" -> unit;
            case "few", "several", "some" -> unit.multipliedBy(5);
            case "half" -> unit.dividedBy(2);
            default -> null;
        };
    }

    private static Duration unit(String word) {
        return switch (word) {
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            default -> null;
        };
    }

    private static boolean hasCueBefore(Words words, int i) {
        for (int back = 1; back <= CUE_DISTANCE; back++) {
            if (CUES.contains(words.word(i - back))) {
                return true;
            }
        }
        return false;
    }
}
