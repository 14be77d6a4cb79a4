package org.resilientmail.reply;

/**
 * Reads one reply in a single pass over at most {@value #MAX_CHARS} characters. By hand, because a regular expression
 * over what a stranger sends can take time without bound. Confined to one call.
 */
final class ReplyReader {

    static final int MAX_CHARS = 4096;

    private final String raw;
    private final int end;
    private final StringBuilder text;
    private int at;
    private int code;
    private EnhancedStatus enhanced;

    ReplyReader(String raw) {
        this.raw = raw;
        this.end = Math.min(raw.length(), MAX_CHARS);
        this.text = new StringBuilder(end);
    }

    SmtpReply read() {
        boolean first = true;
        while (at < end) {
            skipBlank();
            if (at < end && !isLineEnd(raw.charAt(at))) {
                readLineCode(first);
                first = false;
                readLineEnhanced();
                appendLine();
            }
            at++;
        }
        trimEnd();
        if (enhanced == null) {
            enhanced = laterEnhanced();
        }
        return new SmtpReply(code, enhanced, text.toString());
    }

    /** A further line's code is dropped when it repeats the first one; another number may belong to the text. */
    private void readLineCode(boolean first) {
        int found = codeAt(at);
        if (found == 0 || (!first && found != code && !isFollowedByHyphen(at))) {
            return;
        }
        if (first) {
            code = found;
        }
        at += 3;
        if (at < end && (raw.charAt(at) == '-' || raw.charAt(at) == '.' || raw.charAt(at) == ':')) {
            at++;
        }
        skipBlank();
    }

    private boolean isFollowedByHyphen(int from) {
        return from + 3 < end && raw.charAt(from + 3) == '-';
    }

    private int codeAt(int from) {
        if (from + 3 > end) {
            return 0;
        }
        int hundreds = digit(from);
        int tens = digit(from + 1);
        int ones = digit(from + 2);
        if (hundreds < 1 || hundreds > 5 || tens < 0 || ones < 0) {
            return 0;
        }
        if (from + 3 < end) {
            char next = raw.charAt(from + 3);
            boolean addressLike = next == '.' && digit(from + 4) >= 0;
            if (Character.isLetterOrDigit(next) || addressLike) {
                return 0;
            }
        }
        return hundreds * 100 + tens * 10 + ones;
    }

    private int digit(int index) {
        if (index >= end) {
            return -1;
        }
        char c = raw.charAt(index);
        return c >= '0' && c <= '9' ? c - '0' : -1;
    }

    /** Reads {@code 5.7.1}, {@code #5.7.1} or {@code [5.7.1]} at the start of a line's text. */
    private void readLineEnhanced() {
        int start = at;
        while (start < end && start < at + 2 && isOpening(raw.charAt(start))) {
            start++;
        }
        EnhancedScan scan = EnhancedScan.at(raw, start, end);
        if (scan == null) {
            return;
        }
        if (enhanced == null) {
            enhanced = scan.status();
        }
        at = scan.end();
        while (at < end && isClosing(raw.charAt(at))) {
            at++;
        }
    }

    private static boolean isOpening(char c) {
        return c == '#' || c == '[' || c == '(';
    }

    private static boolean isClosing(char c) {
        return c == ']' || c == ')' || c == ':';
    }

    private void appendLine() {
        if (text.length() > 0) {
            space();
        }
        while (at < end && !isLineEnd(raw.charAt(at))) {
            char c = raw.charAt(at++);
            if (c > ' ' && c < 0x7f) {
                text.append(c);
            } else if (c <= 0x7f) {
                space();
            } else {
                appendForeign(c);
            }
        }
    }

    private void appendForeign(char c) {
        if (Character.isHighSurrogate(c) && at < end && Character.isLowSurrogate(raw.charAt(at))) {
            int point = Character.toCodePoint(c, raw.charAt(at++));
            if (Character.getType(point) != Character.FORMAT) {
                text.appendCodePoint(point);
            }
            return;
        }
        switch (Character.getType(c)) {
            case Character.FORMAT -> {}
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> space();
            case Character.SURROGATE -> text.append('\uFFFD');
            default -> text.append(c);
        }
    }

    private void space() {
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) != ' ') {
            text.append(' ');
        }
    }

    private void trimEnd() {
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) == ' ') {
            text.setLength(length - 1);
        }
    }

    /**
     * Finds a code further on: marked as one, as in {@code sorry (#5.7.1)}, or of the same class as the reply's code,
     * as in {@code 550 cuda_nsu 5.1.1 User unknown}.
     */
    private EnhancedStatus laterEnhanced() {
        for (int i = 0; i + 5 < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' || c == '(' || c == ' ') {
                EnhancedScan scan = EnhancedScan.at(text, i + 1, text.length());
                if (scan != null && (c != ' ' || scan.status().statusClass() == code / 100)) {
                    return scan.status();
                }
            }
        }
        return null;
    }

    private void skipBlank() {
        while (at < end && (raw.charAt(at) == ' ' || raw.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
