package org.resilientmail.smtp;

import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.PropUtil;

/**
 * Puts finite time-outs where the application set none, because Angus waits for ever, and prepares the tap on the
 * socket. Time-outs the application did set are its own.
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

    /** For the reply to QUIT, when nothing depends on it any more. */
    static final int QUIT_MILLIS = 2_000;

    private TimeOuts() {}

    /** Covers what is missing and returns the tap, or {@code null} where the application's factory cannot be tapped. */
    static SocketTap prepare(SessionProperties properties, String protocol) {
        String prefix = "mail." + protocol + ".";
        SocketTap tap = tap(properties, prefix);
        if (isUnset(properties, prefix + "connectiontimeout")) {
            properties.cover(prefix + "connectiontimeout", Integer.toString(CONNECT_MILLIS));
        }
        if (isUnset(properties, prefix + "timeout")) {
            // Without the tap the time-out cannot be changed later, so that the longest one has to do for all.
            properties.cover(prefix + "timeout", Integer.toString(tap == null ? FINAL_DOT_MILLIS : READ_MILLIS));
        }
        if (isUnset(properties, prefix + "writetimeout")) {
            properties.cover(prefix + "writetimeout", Integer.toString(WRITE_MILLIS));
        }
        if (properties.get(prefix + "executor.writetimeout") == null) {
            // Angus would start a thread for each connection.
            properties.cover(prefix + "executor.writetimeout", WriteWatch.EXECUTOR);
        }
        return tap;
    }

    /** Where to schedule what ends a wait. */
    static ScheduledExecutorService watch() {
        return WriteWatch.EXECUTOR;
    }

    /** Whether the application left the read time-out, and so the one for the final dot, to us. */
    static boolean readTimeoutIsOurs(Properties application, String protocol) {
        return isUnset(application, "mail." + protocol + ".timeout");
    }

    private static SocketTap tap(SessionProperties properties, String prefix) {
        Object factory = properties.get(prefix + "socketFactory");
        if (factory instanceof SSLSocketFactory || properties.getProperty(prefix + "socketFactory.class") != null) {
            return null;
        }
        boolean smtpsFactory = properties.get(prefix + "ssl.socketFactory") != null
                || properties.getProperty(prefix + "ssl.socketFactory.class") != null;
        if (smtpsFactory && isImplicitTls(properties, prefix)) {
            return null; // Angus asks only that factory then.
        }
        boolean leaveToAngus = properties.getProperty(prefix + "socks.host") != null
                || PropUtil.getBooleanProperty(properties, prefix + "usesocketchannels", false);
        SocketTap tap = new SocketTap(factory instanceof SocketFactory f ? f : null, leaveToAngus);
        if (!(factory instanceof SocketFactory)) {
            // These speak of a factory the application did not name; with ours in its place they must not take effect.
            properties.cover(prefix + "socketFactory.fallback", "false");
            properties.hide(prefix + "socketFactory.port");
        }
        properties.cover(prefix + "socketFactory", tap);
        return tap;
    }

    private static boolean isImplicitTls(SessionProperties properties, String prefix) {
        return prefix.equals("mail.smtps.") || PropUtil.getBooleanProperty(properties, prefix + "ssl.enable", false);
    }

    private static boolean isUnset(Properties properties, String name) {
        return PropUtil.getIntProperty(properties, name, -1) == -1;
    }

    /** One thread for the write time-outs of all sessions, which ends when there is nothing to watch. */
    private static final class WriteWatch {

        static final ScheduledThreadPoolExecutor EXECUTOR = make();

        private static ScheduledThreadPoolExecutor make() {
            ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "resilient-mail-write-timeout");
                thread.setDaemon(true);
                thread.setContextClassLoader(TimeOuts.class.getClassLoader());
                return thread;
            });
            executor.setRemoveOnCancelPolicy(true);
            executor.setKeepAliveTime(1, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
            return executor;
        }
    }
}
