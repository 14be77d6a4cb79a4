package org.resilientmail.ops;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** One line about all of it when the JVM ends, or when everything is closed before. Thread-safe. */
final class Summary {

    private final Counters counters;
    private final EventLog log;
    private Thread hook;
    private String written = "";

    Summary(Counters counters, EventLog log) {
        this.counters = counters;
        this.log = log;
    }

    /** Something was done: it is to be told at the end. */
    synchronized void isDue() {
        if (hook != null) {
            return;
        }
        Thread thread = newHook();
        try {
            Runtime.getRuntime().addShutdownHook(thread);
            hook = thread;
        } catch (IllegalStateException | SecurityException e) {
            // The JVM ends already, or hooks are forbidden.
        }
    }

    /**
     * Nothing of the thread that happens to send first is to be kept until the end: no context class loader, no
     * inheritable values, and, before Java 24, not the protection domains of all that is on its stack, which would keep
     * the class loader of an undeployed application.
     */
    @SuppressWarnings("removal") // does nothing any more where there is no security manager to be removed
    private Thread newHook() {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, this::write, "resilient-mail-summary", 0, false);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    /** Tells it now; there is nothing to tell at the end then, unless more is done. */
    void end() {
        Thread ours;
        synchronized (this) {
            ours = hook;
            hook = null;
        }
        if (ours == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(ours);
        } catch (IllegalStateException | SecurityException e) {
            return; // The JVM is ending: the hook is running.
        }
        write();
    }

    private void write() {
        String text = counters.toString();
        synchronized (this) {
            if (text.equals(written)) {
                return;
            }
            written = text;
        }
        if (!log.writeAnyway("summary: " + text)) {
            say("resilient-mail: " + text);
        }
    }

    private static void say(String line) {
        try {
            System.err.println(line);
        } catch (RuntimeException | Error unspeakable) {
            // The stream is the application's, and so is the handler that would be told of it.
        }
    }
}
