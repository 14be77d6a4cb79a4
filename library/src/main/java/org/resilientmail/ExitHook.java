package org.resilientmail;

/**
 * Says goodbye to the relay when the JVM ends. Installed only while there are idle sessions: a hook that stayed would
 * keep the class loader of a redeployed web application.
 */
final class ExitHook {

    private final Runnable onExit;
    private Thread hook;
    /** Watchers there are: the next one may begin before the one before has said that it ended. */
    private int watchers;

    ExitHook(Runnable onExit) {
        this.onExit = onExit;
    }

    synchronized void install() {
        watchers++;
        if (hook != null) {
            return;
        }
        Thread thread = new Thread(onExit, "resilient-mail-exit");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
            hook = thread;
        } catch (IllegalStateException | SecurityException e) {
            // The JVM is ending already, or hooks are forbidden: the relay sees the connections close.
        }
    }

    synchronized void remove() {
        watchers--;
        if (hook == null || watchers > 0) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException | SecurityException e) {
            // The JVM is ending: the hook is running.
        }
        hook = null;
    }
}
