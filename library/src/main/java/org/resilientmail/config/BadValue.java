package org.resilientmail.config;

/** A value is not what its key allows. The message completes the sentence that begins with the key and the value. */
final class BadValue extends Exception {

    private static final long serialVersionUID = 1L;

    BadValue(String what) {
        // thrown and caught within this package, for its text only
        super(what, null, false, false);
    }
}
