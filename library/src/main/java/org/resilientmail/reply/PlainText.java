package org.resilientmail.reply;

/**
 * Text of a stranger made fit to print: on a terminal it moves nothing, in a log it stays on its line, and it does not
 * fill the disk.
 */
public final class PlainText {

    /** The most characters kept. */
    private static final int LONGEST = ReplyReader.MAX_CHARS;

    private PlainText() {}

    /**
     * One plain line: control characters and separators of lines become spaces, invisible characters that reorder text
     * (Unicode category Cf) are left out, halves of characters are replaced, and the rest is cut.
     *
     * @param text the text; {@code null} counts as empty
     * @return the text as it may be printed, at most 4096 characters and the dots that tell of a cut
     */
    public static String of(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
        int read = 0;
        int at = 0;
        while (at < text.length() && read < LONGEST) {
            int point = text.codePointAt(at);
            append(plain, point);
            at += Character.charCount(point);
            read++;
        }
        boolean cut = plain.length() > LONGEST || at < text.length();
        plain.setLength(Math.min(plain.length(), LONGEST));
        return cut ? plain.append("...").toString() : plain.toString().strip();
    }

    private static void append(StringBuilder plain, int point) {
        switch (Character.getType(point)) {
            case Character.FORMAT -> {}
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> space(plain);
            case Character.SURROGATE -> plain.append('\uFFFD');
            default -> plain.appendCodePoint(point);
        }
    }

    private static void space(StringBuilder plain) {
        int length = plain.length();
        if (length > 0 && plain.charAt(length - 1) != ' ') {
            plain.append(' ');
        }
    }

    /**
     * Whether a character must not be printed as it is.
     *
     * @param point the character
     * @return whether it controls, reorders or breaks lines, or is only half a character
     */
    public static boolean hides(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
