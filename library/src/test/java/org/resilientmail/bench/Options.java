package org.resilientmail.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run was told. Whatever cannot be understood is said with its name, before anything is begun. */
record Options(Properties properties) {

    private interface Reading<T> {
        /** Reads a word; throws an {@link IllegalArgumentException} where it cannot be read. */
        T read(String word);
    }

    String text(String key, String otherwise) {
        String given = properties.getProperty(key, "").strip();
        return given.isEmpty() ? otherwise : given;
    }

    boolean flag(String key) {
        return choice(key, "false", List.of("true", "false"), word -> word).equals("true");
    }

    /** A number, and no less than {@code least}. */
    long number(String key, String otherwise, int least) {
        return read(key, text(key, otherwise), "a number from " + least, word -> atLeast(least, Long.parseLong(word)));
    }

    /** Numbers, none of them less than {@code least}. */
    List<Integer> numbers(String key, String otherwise, int least) {
        return words(key, otherwise).stream()
                .map(each -> read(key, each, "numbers from " + least + " on, with commas between", word ->
                        (int) atLeast(least, Integer.parseInt(word))))
                .toList();
    }

    Duration seconds(String key, String otherwise) {
        return read(key, text(key, otherwise), "seconds", word -> {
            double seconds = Double.parseDouble(word);
            return Duration.ofMillis(atLeast(0, seconds < 0 ? -1 : Math.round(1000 * seconds)));
        });
    }

    /** Some of these, by their names. */
    <T> List<T> some(String key, String otherwise, List<T> all, Function<T, String> name) {
        return words(key, otherwise).stream()
                .map(word -> oneOf(key, word, all, name))
                .toList();
    }

    private <T> T choice(String key, String otherwise, List<T> all, Function<T, String> name) {
        return oneOf(key, text(key, otherwise), all, name);
    }

    private static <T> T oneOf(String key, String given, List<T> all, Function<T, String> name) {
        return all.stream()
                .filter(one -> name.apply(one).equals(given))
                .findFirst()
                .orElseThrow(() -> mistake(key, given, all.stream().map(name).collect(Collectors.joining(", ")), null));
    }

    private List<String> words(String key, String otherwise) {
        return Arrays.stream(text(key, otherwise).split(",")).map(String::strip).toList();
    }

    private static long atLeast(int least, long number) {
        if (number < least) {
            throw new IllegalArgumentException(number + " is less than " + least);
        }
        return number;
    }

    private static <T> T read(String key, String given, String allowed, Reading<T> reading) {
        try {
            return reading.read(given);
        } catch (IllegalArgumentException e) {
            throw mistake(key, given, allowed, e);
        }
    }

    private static IllegalArgumentException mistake(String key, String given, String allowed, Throwable cause) {
        return new IllegalArgumentException(key + "='" + given + "' cannot be; allowed: " + allowed, cause);
    }
}
