package org.resilientmail.ops;

import java.util.function.Consumer;

/** Where this package complains when it cannot do its work. Thread-safe. */
public final class Warnings {

    private static volatile Consumer<String> to = text -> log(System.Logger.Level.WARNING, text);

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

    /**
     * Logs to Java's own. The logger is asked for when there is something to log, and not before: logging is the
     * application's to begin. A handler of the application's that throws changes nothing about what it was to be told of.
     */
    static void log(System.Logger.Level level, String text) {
        try {
            System.getLogger("org.resilientmail").log(level, text);
        } catch (RuntimeException | Error unloggable) {
            // There is nobody left to tell.
        }
    }
}
