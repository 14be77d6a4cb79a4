package org.resilientmail.reply;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a wait comes from.
 *
 * @param fallback the wait where the text names none, {@code null} for none
 * @param readText whether the text may name it
 */
record WaitPolicy(Duration fallback, boolean readText) {

    static final String ALLOWED = "-, none, or a number with s, m, h or d (30s), after = where the text does not count";

    static WaitPolicy parse(String column) throws BadColumn {
        if (column.equals("-")) {
            return new WaitPolicy(null, true);
        }
        if (column.equals("none")) {
            return new WaitPolicy(null, false);
        }
        boolean fixed = column.startsWith("=");
        return new WaitPolicy(duration(fixed ? column.substring(1) : column, column), !fixed);
    }

    private static Duration duration(String amount, String column) throws BadColumn {
        int digits = amount.length() - 1;
        if (digits < 1 || digits > 6 || !amount.substring(0, digits).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadColumn("wait", column, ALLOWED);
        }
        long number = Long.parseLong(amount.substring(0, digits));
        return switch (amount.charAt(digits)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> throw new BadColumn("wait", column, ALLOWED);
        };
    }

    Optional<Duration> of(TextNumbers numbers) {
        Optional<Duration> named = readText ? numbers.namedWait() : Optional.empty();
        return named.isPresent() ? named : Optional.ofNullable(fallback);
    }
}
