package org.resilientmail.reply;

/** A column that cannot be read; the loader adds file and line. */
final class BadColumn extends Exception {

    private static final long serialVersionUID = 1L;

    BadColumn(String column, String value, String allowed) {
        super(column + " \"" + value + "\" is not understood; allowed: " + allowed);
    }
}
