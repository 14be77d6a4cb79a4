package org.resilientmail.smtp;

import java.util.logging.Level;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * Whether Angus' transport writes all that goes over the wire to its logger: which is named by the package of its class,
 * and so of ours. Asked as Angus asks, by the logging it has begun already.
 */
final class ProtocolTrace {

    private static final MailLogger LOGGER = new MailLogger(ProtocolTrace.class, "protocol", "DEBUG SMTP", false, null);

    private ProtocolTrace() {}

    static boolean isOn() {
        return LOGGER.isLoggable(Level.FINEST);
    }
}
