package org.resilientmail.reply;

/**
 * A file of classification rules that cannot be used. The message names the file, the line, the value and what is
 * allowed there.
 */
public final class RuleFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The line at fault, counted from 1, or 0. */
    private final int line;

    RuleFileException(String file, int line, String problem) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + problem);
        this.line = line;
    }

    /** {@return the line at fault, counted from 1, or 0 where it is the file as a whole} */
    public int line() {
        return line;
    }
}
