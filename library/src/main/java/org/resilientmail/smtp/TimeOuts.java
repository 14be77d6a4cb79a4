package org.resilientmail.smtp;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.eclipse.angus.mail.util.PropUtil;

/**
 * Puts finite time-outs where the application set none, because Angus waits for ever. Time-outs the application did set
 * are its own.
 */
final class TimeOuts {

    static final int CONNECT_MILLIS = 10_000;
    static final int READ_MILLIS = 60_000;
    static final int WRITE_MILLIS = 60_000;

    /**
     * For the reply to the final dot. RFC 5321 section 4.5.3.2.6 asks for 10 minutes: a client that gives up earlier
     * sends again what the server is still delivering (RFC 1047).
     */
    static final int FINAL_DOT_MILLIS = 600_000;

    /**
     * For the reply to QUIT, when nothing depends on it any more. It may be waited for at the end of a call whose deadline
     * has come, which has to hold to within a second.
     */
    static final int QUIT_MILLIS = 900;

    private TimeOuts() {}

    /** Covers what is missing. */
    static void complete(SessionProperties properties, String protocol) {
        String prefix = "mail." + protocol + ".";
        coverUnset(properties, prefix + "connectiontimeout", CONNECT_MILLIS);
        coverUnset(properties, prefix + "timeout", READ_MILLIS);
        coverUnset(properties, prefix + "writetimeout", WRITE_MILLIS);
        if (properties.get(prefix + "executor.writetimeout") == null) {
            // Angus would start a thread for each connection.
            properties.cover(prefix + "executor.writetimeout", WriteWatch.EXECUTOR);
        }
    }

    private static void coverUnset(SessionProperties properties, String name, int millis) {
        if (isUnset(properties, name)) {
            properties.cover(name, Integer.toString(millis));
        }
    }

    /** Where to schedule what ends a wait. */
    static ScheduledExecutorService watch() {
        return WriteWatch.EXECUTOR;
    }

    /** A session has ended. */
    static void rest() {
        WriteWatch.EXECUTOR.rest();
    }

    /** Whether the application left the read time-out, and so the one for the final dot, to us. */
    static boolean readTimeoutIsOurs(Properties application, String protocol) {
        return isUnset(application, "mail." + protocol + ".timeout");
    }

    /**
     * What the reply to the final dot may take as a whole: a read time-out begins anew with every byte, so that a relay
     * which drips would hold the caller for ever. No less than the ten minutes, whatever the application set: a reply
     * that comes slowly is still better than a doubt.
     *
     * @return the time; empty where the application wants to wait for ever
     */
    static Optional<Duration> wholeVerdict(Properties application, String protocol) {
        int own = PropUtil.getIntProperty(application, "mail." + protocol + ".timeout", FINAL_DOT_MILLIS);
        return own == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(own, FINAL_DOT_MILLIS)));
    }

    /**
     * Makes threads that hold on to nothing of the application's: no class loader, no inherited variables.
     *
     * @param name of each
     */
    record Daemons(String name) implements ThreadFactory {

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(TimeOuts.class.getClassLoader());
            return thread;
        }
    }

    private static boolean isUnset(Properties properties, String name) {
        return PropUtil.getIntProperty(properties, name, -1) == -1;
    }

    /** One thread for the time-outs of all sessions, which ends when there is nothing to watch. */
    private static final class WriteWatch {

        static final SparingWatch EXECUTOR = new SparingWatch(new Daemons("resilient-mail-write-timeout"));
    }
}
