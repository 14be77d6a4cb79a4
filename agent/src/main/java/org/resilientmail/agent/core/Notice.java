package org.resilientmail.agent.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One line on stderr about something that makes the agent step aside. No logging framework is touched for it. */
public final class Notice {

    /** More different ones than this are no news any more. */
    private static final int MOST = 20;

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    /** What no news is about; {@code null}: there is none. */
    private static volatile String known;

    private Notice() {}

    /** Leaves out what says this: it was said at the start. */
    static void isKnown(String what) {
        known = what;
    }

    /**
     * Tells it, unless it was told before.
     *
     * @param what what happened; its line breaks become semicolons
     */
    public static void once(String what) {
        String old = known;
        if ((old == null || !what.contains(old)) && SAID.size() < MOST && SAID.add(what)) {
            say(what);
        }
    }

    private static void say(String what) {
        try {
            System.err.println("resilient-mail agent: " + what.replaceAll("\\s*\\R\\s*", "; "));
        } catch (RuntimeException | Error unspeakable) {
            // The stream is the application's, which may have put its own there: mail goes on without a word.
        }
    }

    static void failed(String what, Throwable why) {
        say(what + " (" + why + "); mail is sent without the agent there");
    }
}
