package org.resilientmail.config;

/**
 * Where a value came from, in the words an error uses.
 *
 * @param text for people, for example {@code file mail.properties}
 * @param mayNameFile whether {@code mail.resilient.config} may stand there
 */
record Origin(String text, boolean mayNameFile) {

    static final Origin SESSION = new Origin("Session property", true);
    static final Origin SYSTEM = new Origin("system property", true);
    static final Origin CODE = new Origin("code", false);
    static final Origin DEFAULT = new Origin("default", false);

    static Origin file(String name) {
        return new Origin("file " + Problems.oneLine(name), false);
    }

    static Origin profile(String name) {
        return new Origin("profile " + name, false);
    }

    @Override
    public String toString() {
        return text;
    }
}
