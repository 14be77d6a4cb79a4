package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as words and numbers: {@code max=10} is a word and a number, {@code 60s} a number and a word, {@code 10,000}
 * one number; addresses such as {@code 192.0.2.1} and identifiers such as {@code a1b2} are neither. Immutable.
 */
final class Words {

    /** What is neither a word nor a number, so that words on both sides of it are not taken for neighbours. */
    static final String OTHER = "";

    private static final int MAX_DIGITS = 12;

    private final List<String> words;
    private final List<Long> numbers;

    private Words(List<String> words, List<Long> numbers) {
        this.words = words;
        this.numbers = numbers;
    }

    static Words of(FoldedText text) {
        Words result = new Words(new ArrayList<>(), new ArrayList<>());
        int at = 0;
        while (at < text.length()) {
            at = text.isWordAt(at) ? result.readWord(text, at) : at + 1;
        }
        return result;
    }

    private int readWord(FoldedText text, int start) {
        int end = start;
        boolean dotted = false;
        while (text.isWordAt(end) || isDotInside(text, end)) {
            dotted |= !text.isWordAt(end);
            end++;
        }
        int digits = start;
        long value = 0;
        int count = 0;
        while (digits < end && (isDigit(text.at(digits)) || isThousands(text, digits, end))) {
            if (isDigit(text.at(digits))) {
                value = count < MAX_DIGITS ? value * 10 + (text.at(digits) - '0') : value;
                count++;
            }
            digits++;
        }
        boolean unit = end - digits <= 10 && isLetters(text, digits, end);
        if (digits > start && count <= MAX_DIGITS && unit) {
            add(OTHER, value);
            if (digits < end) {
                add(slice(text, digits, end), null);
            }
        } else if (digits > start || dotted) {
            add(OTHER, null);
        } else {
            add(slice(text, start, end), null);
        }
        return end;
    }

    private static boolean isDotInside(FoldedText text, int at) {
        return at > 0
                && at < text.length()
                && (text.at(at) == '.' || text.at(at) == ',')
                && text.isWordAt(at + 1)
                && isDigit(text.at(at - 1))
                && isDigit(text.at(at + 1));
    }

    private static boolean isThousands(FoldedText text, int at, int end) {
        return text.at(at) == ','
                && at + 3 < end
                && isDigit(text.at(at + 1))
                && isDigit(text.at(at + 2))
                && isDigit(text.at(at + 3))
                && !(at + 4 < end && isDigit(text.at(at + 4)));
    }

    private static boolean isLetters(FoldedText text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String slice(FoldedText text, int from, int to) {
        StringBuilder word = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            word.append(text.at(i));
        }
        return word.toString();
    }

    private void add(String word, Long number) {
        words.add(word);
        numbers.add(number);
    }

    int size() {
        return words.size();
    }

    /** {@return the word, {@link #OTHER} where there is a number, something else, or nothing} */
    String word(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : OTHER;
    }

    boolean isNumber(int index) {
        return index >= 0 && index < numbers.size() && numbers.get(index) != null;
    }

    long number(int index) {
        return numbers.get(index);
    }
}
