package org.resilientmail.reply;

import java.util.OptionalLong;

/**
 * Reads the number a reply gives for a limit: the one that stands closest to words such as "max" or "limit". Sizes come
 * as octets, times as seconds, all others as counts.
 */
final class LimitReader {

    private static final int LEAST_SCORE = 4;
    private static final long LARGEST_COUNT = 1_000_000;
    private static final long SMALLEST_SIZE = 1000;
    private static final long LARGEST_SIZE = 1L << 40;

    private LimitReader() {}

    static OptionalLong read(Words words, LimitKind limit) {
        int best = -1;
        int bestScore = LEAST_SCORE - 1;
        for (int i = 0; i < words.size(); i++) {
            if (words.isNumber(i) && value(words, i, limit) > 0) {
                int score = before(words, i) + after(words, i);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return best < 0 ? OptionalLong.empty() : OptionalLong.of(value(words, best, limit));
    }

    private static int before(Words words, int i) {
        for (int back = 1; back <= 3; back++) {
            switch (words.word(i - back)) {
                case "max", "maximum", "limit", "limited", "allowed", "cap" -> {
                    return 12 - 2 * back;
                }
                case "than", "most", "over", "exceeds", "exceeded", "exceed", "accepts", "only" -> {
                    return 7 - back;
                }
                default -> {
                    // further away, or no cue at all
                }
            }
        }
        return 0;
    }

    private static int after(Words words, int i) {
        for (int ahead = 1; ahead <= 2; ahead++) {
            switch (words.word(i + ahead)) {
                case "per", "max", "maximum", "allowed", "limit" -> {
                    return 5;
                }
                case "recipients", "messages", "connections", "sessions", "emails", "mails" -> {
                    return 4;
                }
                default -> {
                    // no cue here
                }
            }
        }
        return 0;
    }

    /** {@return the number with its unit applied, or 0 where it cannot be this limit} */
    private static long value(Words words, int i, LimitKind limit) {
        long number = words.number(i);
        return switch (limit) {
            case MESSAGE_SIZE, BYTES_PER_SESSION -> size(number, words.word(i + 1));
            case SESSION_LIFETIME, SESSION_IDLE -> number > LARGEST_COUNT ? 0 : number * seconds(words.word(i + 1));
            case RECIPIENTS_PER_MESSAGE, MESSAGES_PER_SESSION, SESSIONS_AT_ONCE ->
                number > LARGEST_COUNT || seconds(words.word(i + 1)) != 0 ? 0 : number;
        };
    }

    private static long size(long number, String unit) {
        long factor = switch (unit) {
            case "k", "kb", "kib", "kilobytes" -> 1L << 10;
            case "m", "mb", "mib", "meg", "megabytes" -> 1L << 20;
            case "g", "gb", "gib", "gigabytes" -> 1L << 30;
            default -> 1;
        };
        if (factor == 1 && number < SMALLEST_SIZE || number > LARGEST_SIZE / factor) {
            return 0;
        }
        return number * factor;
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s", "sec", "secs", "second", "seconds" -> 1;
            case "min", "mins", "minute", "minutes" -> 60;
            case "h", "hr", "hrs", "hour", "hours" -> 3600;
            default -> 0;
        };
    }
}
