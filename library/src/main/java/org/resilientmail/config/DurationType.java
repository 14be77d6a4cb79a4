package org.resilientmail.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or ISO 8601 ({@code PT5M}). A bare number is
 * refused: Angus' own time-outs are milliseconds, most files' are seconds, and a wrong guess is a factor of a thousand.
 *
 * @param min the shortest allowed
 */
record DurationType(Duration min) implements ValueType<Duration> {

    /** A year is longer than anything meant here, and a thousand times within what a long counts in nanoseconds. */
    static final Duration MAX = Duration.ofDays(365);

    private static final Pattern SHORT = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final Pattern BARE = Pattern.compile("[0-9]+");
    private static final Map<String, ChronoUnit> UNITS = units();

    private static Map<String, ChronoUnit> units() {
        Map<String, ChronoUnit> units = new LinkedHashMap<>();
        units.put("d", ChronoUnit.DAYS);
        units.put("h", ChronoUnit.HOURS);
        units.put("m", ChronoUnit.MINUTES);
        units.put("s", ChronoUnit.SECONDS);
        units.put("ms", ChronoUnit.MILLIS);
        return units;
    }

    static DurationType from(Duration min) {
        return new DurationType(min);
    }

    @Override
    public Duration parse(String text) throws BadValue {
        Duration value = read(text);
        check(value);
        return value;
    }

    private static Duration read(String text) throws BadValue {
        if (BARE.matcher(text).matches()) {
            throw new BadValue(
                    "has no unit: add one, such as " + Problems.shown(text) + "s or " + Problems.shown(text) + "ms");
        }
        Matcher written = SHORT.matcher(text);
        try {
            if (written.matches()) {
                return Duration.of(Long.parseLong(written.group(1)), UNITS.get(written.group(2)));
            }
            if (text.toUpperCase(Locale.ROOT).matches("[-+]?P.*")) {
                return Duration.parse(text);
            }
        } catch (NumberFormatException | ArithmeticException overflow) {
            throw new BadValue("is longer than 365d");
        } catch (DateTimeException notIso) {
            // that is how Duration.parse tells an overflow from a text it cannot read
            throw new BadValue(notIso.getCause() != null ? "is longer than 365d" : "is not a duration");
        }
        throw new BadValue("is not a duration");
    }

    @Override
    public void check(Duration value) throws BadValue {
        if (value.compareTo(min) < 0) {
            throw new BadValue("is shorter than " + format(min));
        }
        if (value.compareTo(MAX) > 0) {
            throw new BadValue("is longer than " + format(MAX));
        }
    }

    @Override
    public String format(Duration value) {
        return text(value);
    }

    /** In the largest unit that needs no fraction, else ISO 8601. */
    static String text(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            Duration one = unit.getValue().getDuration();
            boolean whole = !value.isNegative() && value.compareTo(MAX) <= 0 && value.toNanos() % one.toNanos() == 0;
            if (whole) {
                return value.dividedBy(one) + unit.getKey();
            }
        }
        return value.toString();
    }

    @Override
    public String allowed() {
        return "a duration such as 500ms, 30s, 5m, 2h, 1d or PT5M, from " + format(min) + " to " + format(MAX);
    }
}
