package org.resilientmail.ops;

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
        // Nothing of the thread that happens to send first is to be kept until the end.
        Thread thread = new Thread(null, this::write, "resilient-mail-summary", 0, false);
        thread.setContextClassLoader(null);
        try {
            Runtime.getRuntime().addShutdownHook(thread);
            hook = thread;
        } catch (IllegalStateException | SecurityException e) {
            // The JVM ends already, or hooks are forbidden.
        }
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
            System.err.println("resilient-mail: " + text);
        }
    }
}
