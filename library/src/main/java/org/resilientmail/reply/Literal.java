package org.resilientmail.reply;

/**
 * One piece of text a rule looks for.
 *
 * @param text folded as replies are, not empty
 * @param atWordStart whether it has to begin where a word begins
 * @param atWordEnd whether it has to end where a word ends
 */
record Literal(String text, boolean atWordStart, boolean atWordEnd) {

    /** {@return whether the literal, already found to end at {@code end}, stands there with the word bounds it wants} */
    boolean boundedAt(FoldedText reply, int end) {
        int start = end - text.length();
        boolean startFits = !atWordStart || !reply.isWordAt(start - 1) || !reply.isWordAt(start);
        boolean endFits = !atWordEnd || !reply.isWordAt(end) || !reply.isWordAt(end - 1);
        return startFits && endFits;
    }

    /** {@return the index after the first occurrence that begins at {@code from} or later, or -1} */
    int endOfNext(FoldedText reply, int from) {
        for (int i = from; i + text.length() <= reply.length(); i++) {
            if (reply.startsWithAt(text, i) && boundedAt(reply, i + text.length())) {
                return i + text.length();
            }
        }
        return -1;
    }
}
