package org.resilientmail.ops;

import java.util.function.Consumer;

/** Where this package complains when it cannot do its work. Thread-safe. */
public final class Warnings {

    private static volatile Consumer<String> to = text -> systemLogger().log(System.Logger.Level.WARNING, text);

    private Warnings() {}

    /**
     * Has complaints go elsewhere than to the {@code System.Logger}: for the agent, which logs nothing of its own.
     *
     * @param other takes one line each
     */
    public static void to(Consumer<String> other) {
        to = other;
    }

    static void say(String text) {
        to.accept(text);
    }

    /** Asked for when there is something to log, and not before: logging is the application's to begin. */
    static System.Logger systemLogger() {
        return System.getLogger("org.resilientmail");
    }
}
