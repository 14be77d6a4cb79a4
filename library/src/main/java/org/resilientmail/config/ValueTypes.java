package org.resilientmail.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of value that need no class of their own. */
final class ValueTypes {

    static final String NONE = "none";

    private ValueTypes() {}

    static ValueType<Boolean> flag() {
        return new Choice<>("true or false", text -> switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        StringJoiner allowed = new StringJoiner(" or ");
        for (E constant : type.getEnumConstants()) {
            allowed.add(written(constant));
        }
        return new Choice<>(
                allowed.toString(),
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> written(constant).equalsIgnoreCase(text))
                        .findFirst()
                        .orElse(null));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<Integer> count() {
        return new Count();
    }

    static ValueType<Double> number(double min, double max) {
        return new Decimal(min, max);
    }

    static ValueType<Optional<Path>> file() {
        return new FilePath();
    }

    static ValueType<Optional<String>> name(Set<String> known) {
        return new Name(known);
    }

    /** A few words, compared without case. */
    private record Choice<T>(String allowed, Function<String, T> words) implements ValueType<T> {
        @Override
        public T parse(String text) throws BadValue {
            T value = words.apply(text.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new BadValue("is none of the known values");
            }
            return value;
        }

        @Override
        public void check(T value) {
            // every value of the type is a choice
        }

        @Override
        public String format(T value) {
            return value.toString().toLowerCase(Locale.ROOT);
        }
    }

    /** How many: zero would stop all mail, so it is never meant. */
    private record Count() implements ValueType<Integer> {
        private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

        @Override
        public Integer parse(String text) throws BadValue {
            if (!WHOLE.matcher(text).matches()) {
                throw new BadValue("is not a whole number");
            }
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException tooManyDigits) {
                throw new BadValue(text.startsWith("-") ? "is less than 1" : "is too large");
            }
            check(value);
            return value;
        }

        @Override
        public void check(Integer value) throws BadValue {
            if (value < 1) {
                throw new BadValue("is less than 1");
            }
        }

        @Override
        public String format(Integer value) {
            return value.toString();
        }

        @Override
        public String allowed() {
            return "a whole number from 1 to " + Integer.MAX_VALUE;
        }
    }

    /** A decimal number; the forms of Java source text (hexadecimal, exponents, {@code 1d}) are not meant. */
    private record Decimal(double min, double max) implements ValueType<Double> {
        private static final Pattern DIGITS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

        @Override
        public Double parse(String text) throws BadValue {
            if (!DIGITS.matcher(text).matches()) {
                throw new BadValue("is not a decimal number");
            }
            double value = Double.parseDouble(text);
            check(value);
            return value;
        }

        @Override
        public void check(Double value) throws BadValue {
            // written so that NaN fails
            if (!(value >= min && value <= max)) {
                throw new BadValue("is not from " + format(min) + " to " + format(max));
            }
        }

        @Override
        public String format(Double value) {
            return value.isNaN() || value.isInfinite()
                    ? value.toString()
                    : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }

        @Override
        public String allowed() {
            return "a number from " + format(min) + " to " + format(max) + ", such as 0.25";
        }
    }

    /** A file's path. Whether the file is there is asked only of the value that is used. */
    private record FilePath() implements ValueType<Optional<Path>> {
        @Override
        public Optional<Path> parse(String text) throws BadValue {
            if (text.equals(NONE)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException notAPath) {
                throw new BadValue("is not a path (" + notAPath.getReason() + ")");
            }
        }

        @Override
        public void check(Optional<Path> value) {
            // any path is well formed
        }

        @Override
        public String format(Optional<Path> value) {
            return value.isPresent() ? value.get().toString() : NONE;
        }

        @Override
        public String allowed() {
            return "the path of a readable file, or " + NONE;
        }
    }

    /** One of a set of names. */
    private record Name(Set<String> known) implements ValueType<Optional<String>> {
        @Override
        public Optional<String> parse(String text) throws BadValue {
            Optional<String> value = text.equals(NONE) ? Optional.empty() : Optional.of(text);
            check(value);
            return value;
        }

        @Override
        public void check(Optional<String> value) throws BadValue {
            if (value.isPresent() && !known.contains(value.get())) {
                List<String> nearest = NearestName.to(value.get(), known);
                throw new BadValue("is not known"
                        + (nearest.isEmpty() ? "" : ", did you mean " + String.join(" or ", nearest) + "?"));
            }
        }

        @Override
        public String format(Optional<String> value) {
            return value.orElse(NONE);
        }

        @Override
        public String allowed() {
            return NONE + ", " + String.join(", ", new TreeSet<>(known));
        }
    }
}
