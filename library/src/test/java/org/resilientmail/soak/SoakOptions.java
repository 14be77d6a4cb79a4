package org.resilientmail.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a soak is to be. Immutable.
 *
 * @param threads callers at once, from 1
 * @param messages calls per round, from 1
 * @param faultRate the share of commands at which something goes wrong, 0 to 1
 * @param seed what faults and messages are drawn by; the second round's is one higher, and so on
 * @param duration further rounds are begun until it is over; zero for one round
 * @param format what the result is written as
 */
record SoakOptions(int threads, int messages, double faultRate, long seed, Duration duration, Format format) {

    static final String USAGE = """
            usage: SoakMain [--threads N] [--messages N] [--fault-rate SHARE] [--seed N] [--duration TIME] [--format text|tsv]
              --threads N         callers at once (32)
              --messages N        calls per round (20000)
              --fault-rate SHARE  share of commands at which something goes wrong, 0 to 1 (0.1)
              --seed N            what is drawn at random, again (a new one)
              --duration TIME     begin further rounds until it is over, such as 90s, 10m, 2h (0s: one round)
              --format NAME       text: one line per round; tsv: a header and one row per round (text)
            The exit status is 0 when all went well, 1 when a promise was broken, 2 for a wrong call.""";

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

    /** What the result is written as. */
    enum Format {
        TEXT,
        TSV
    }

    /** Says in one line what was wrong with the call. */
    static final class WrongUsage extends Exception {

        private static final long serialVersionUID = 1L;

        WrongUsage(String message) {
            super(message);
        }
    }

    /** What issue and build ask for: 32 threads, 20,000 messages, faults at a tenth of the commands. */
    static SoakOptions usual(long seed) {
        return new SoakOptions(32, 20_000, 0.1, seed, Duration.ZERO, Format.TEXT);
    }

    SoakOptions threads(int other) {
        return new SoakOptions(other, messages, faultRate, seed, duration, format);
    }

    SoakOptions messages(int other) {
        return new SoakOptions(threads, other, faultRate, seed, duration, format);
    }

    SoakOptions faultRate(double other) {
        return new SoakOptions(threads, messages, other, seed, duration, format);
    }

    /** The same, for the round with this number, counted from 0. */
    SoakOptions round(int number) {
        return new SoakOptions(threads, messages, faultRate, seed + number, duration, format);
    }

    /** Reads a command line; what it does not say is as usual. */
    static SoakOptions parse(String... args) throws WrongUsage {
        SoakOptions options = usual(System.nanoTime());
        Set<Name> given = EnumSet.noneOf(Name.class);
        for (int i = 0; i < args.length; i += 2) {
            Name name = Name.of(args[i]);
            if (!given.add(name)) {
                throw new WrongUsage(args[i] + " is given twice");
            }
            if (i + 1 == args.length) {
                throw new WrongUsage(args[i] + " needs a value");
            }
            options = options.with(name, args[i + 1]);
        }
        return options;
    }

    private SoakOptions with(Name name, String value) throws WrongUsage {
        return switch (name) {
            case THREADS -> threads((int) number(name, value, 1, 1_000));
            case MESSAGES -> messages((int) number(name, value, 1, 10_000_000));
            case FAULT_RATE -> faultRate(share(name, value));
            case SEED ->
                new SoakOptions(
                        threads,
                        messages,
                        faultRate,
                        number(name, value, Long.MIN_VALUE, Long.MAX_VALUE),
                        duration,
                        format);
            case DURATION -> new SoakOptions(threads, messages, faultRate, seed, time(name, value), format);
            case FORMAT -> new SoakOptions(threads, messages, faultRate, seed, duration, format(name, value));
        };
    }

    private static long number(Name name, String value, long least, long most) throws WrongUsage {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(name, value, "a whole number from " + least + " to " + most);
        }
        throw bad(name, value, "a whole number from " + least + " to " + most);
    }

    private static double share(Name name, String value) throws WrongUsage {
        if (!value.matches("0(\\.\\d+)?|1(\\.0+)?")) {
            throw bad(name, value, "a number from 0 to 1, such as 0.1");
        }
        return Double.parseDouble(value);
    }

    private static Duration time(Name name, String value) throws WrongUsage {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw bad(name, value, "a time such as 90s, 10m or 2h");
        }
        return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }

    private static Format format(Name name, String value) throws WrongUsage {
        for (Format format : Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
                return format;
            }
        }
        throw bad(name, value, "text or tsv");
    }

    private static WrongUsage bad(Name name, String value, String allowed) {
        return new WrongUsage(name.onCommandLine() + " " + value + "; allowed: " + allowed);
    }

    private enum Name {
        THREADS,
        MESSAGES,
        FAULT_RATE,
        SEED,
        DURATION,
        FORMAT;

        String onCommandLine() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Name of(String option) throws WrongUsage {
            for (Name name : values()) {
                if (name.onCommandLine().equals(option)) {
                    return name;
                }
            }
            throw new WrongUsage("unknown option " + option + "; one of "
                    + Arrays.stream(values()).map(Name::onCommandLine).collect(Collectors.joining(" ")));
        }
    }
}
