package org.resilientmail.agent.mail;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** What older implementations do not have, as it behaves there. Each stands in for the method of its name. */
public final class MissingMethods {

    private MissingMethods() {}

    /** As before 1.5.2: the name is taken as it was given. */
    public static boolean getUseCanonicalHostName(SMTPTransport transport) {
        return false;
    }

    /** As before 1.5.2: there is no such choice. */
    public static void setUseCanonicalHostName(SMTPTransport transport, boolean use) {
        // nothing to set
    }

    /** As before 1.5.0: a message does not tell; {@code null} is what a message without a Session has. */
    public static Session getSession(MimeMessage message) {
        return null;
    }

    /** As before Jakarta Mail 2.1: there is none. */
    public static StreamProvider getStreamProvider(Session session) {
        return null;
    }

    /** The executor of the properties, which are ours: its thread is a daemon, for all connections. */
    public static ScheduledExecutorService getScheduledExecutorServiceProperty(Properties properties, String name) {
        return (ScheduledExecutorService) properties.get(name);
    }
}
