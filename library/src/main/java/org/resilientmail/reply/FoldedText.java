package org.resilientmail.reply;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A text as literals are compared with it: lower case, one space between words, accents and typographic quotes folded
 * to ASCII. Rules and replies are folded the same way. Not changed after construction.
 */
final class FoldedText {

    private final char[] chars;

    private FoldedText(char[] chars) {
        this.chars = chars;
    }

    static FoldedText of(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            char c = folded[i];
            if (c >= 'A' && c <= 'Z') {
                folded[i] = (char) (c + ('a' - 'A'));
            } else if (c > 0x7f) {
                return new FoldedText(foldForeign(text));
            }
        }
        return new FoldedText(folded);
    }

    private static char[] foldForeign(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (c < 0x80 || Character.getType(c) != Character.NON_SPACING_MARK) {
                folded.append(plain(c));
            }
        }
        char[] chars = new char[folded.length()];
        folded.getChars(0, chars.length, chars, 0);
        return chars;
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2018', '\u2019' -> '\'';
            case '\u201c', '\u201d' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> '-';
            default -> c;
        };
    }

    int length() {
        return chars.length;
    }

    char at(int index) {
        return chars[index];
    }

    /** {@return whether a word could continue across the boundary before {@code index}} */
    boolean isWordAt(int index) {
        if (index < 0 || index >= chars.length) {
            return false;
        }
        char c = chars[index];
        return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') : Character.isLetterOrDigit(c);
    }

    boolean startsWithAt(String word, int from) {
        if (from < 0 || from + word.length() > chars.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (chars[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(chars);
    }
}
