package org.resilientmail.reply;

/** An enhanced code found in a text, and where it ends. */
record EnhancedScan(EnhancedStatus status, int end) {

    /** {@return the code that begins exactly at {@code from}, or {@code null}; {@code 5.7.1.2} is an address} */
    static EnhancedScan at(CharSequence text, int from, int limit) {
        int classEnd = digits(text, from, limit, 1);
        if (classEnd < 0 || !EnhancedStatus.isClass(text.charAt(from) - '0')) {
            return null;
        }
        int subjectEnd = part(text, classEnd, limit);
        int detailEnd = subjectEnd < 0 ? -1 : part(text, subjectEnd, limit);
        if (detailEnd < 0 || continues(text, detailEnd, limit)) {
            return null;
        }
        int subject = number(text, classEnd + 1, subjectEnd);
        int detail = number(text, subjectEnd + 1, detailEnd);
        return new EnhancedScan(new EnhancedStatus(text.charAt(from) - '0', subject, detail), detailEnd);
    }

    private static int part(CharSequence text, int dot, int limit) {
        return dot < limit && text.charAt(dot) == '.' ? digits(text, dot + 1, limit, 3) : -1;
    }

    /** {@return the index after one to {@code most} digits, or -1} */
    private static int digits(CharSequence text, int from, int limit, int most) {
        int i = from;
        while (i < limit && i < from + most && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i == from ? -1 : i;
    }

    private static boolean continues(CharSequence text, int at, int limit) {
        if (at >= limit) {
            return false;
        }
        char c = text.charAt(at);
        boolean dotted = c == '.' && at + 1 < limit && Character.isLetterOrDigit(text.charAt(at + 1));
        return Character.isLetterOrDigit(c) || dotted;
    }

    private static int number(CharSequence text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
