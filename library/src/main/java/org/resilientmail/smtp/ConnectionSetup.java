package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;

/**
 * What Angus does itself when it connects, and would wait for without end: dialling, and looking up the name of this
 * host.
 */
final class ConnectionSetup {

    private static final String BAD_GREETING = "Got bad greeting from SMTP host: ";

    private final Session session;
    private final String protocol;
    private final Deadline deadline;

    ConnectionSetup(Session session, String protocol, Deadline deadline) {
        this.session = session;
        this.protocol = protocol;
        this.deadline = deadline;
    }

    /** A connection to the relay, held by the given hold; what goes wrong is told in Angus' types and words. */
    SmtpSocket dial(String host, int port, SocketHold hold) throws MessagingException {
        Properties properties = session.getProperties();
        int usual = Dialler.isTlsFirst(properties, protocol) ? 465 : 25;
        int whereTo = port == -1 ? usual : port;
        try {
            return new SmtpSocket(host, new Dialler(properties, protocol, hold, deadline).dial(host, whereTo));
        } catch (UnknownHostException e) {
            throw new MessagingException("Unknown SMTP host: " + host, e);
        } catch (SocketConnectException e) {
            throw new MailConnectException(e);
        } catch (IOException e) {
            throw new MessagingException("Could not connect to SMTP host: " + host + ", port: " + whereTo, e);
        }
    }

    /** The name for EHLO that Angus would have to look up, or empty where there is one already. */
    Optional<String> nameOfThisHost(ConnectSpec spec, SmtpSocket socket) throws MessagingException {
        if (hasName(spec)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Names.ofThisHost(socket.getLocalAddress(), deadline));
        } catch (IOException e) {
            throw new MessagingException("Could not find the name of this host (mail.smtp.localhost)", e);
        }
    }

    /** Where it is given its socket, Angus keeps only the code of a greeting it does not like. */
    static MessagingException inFull(MessagingException thrown, String host, int port, String greeting) {
        return thrown.getMessage() != null && thrown.getMessage().startsWith(BAD_GREETING)
                ? new MessagingException(BAD_GREETING + host + ", port: " + port + ", response: " + greeting)
                : thrown;
    }

    private boolean hasName(ConnectSpec spec) {
        return isName(spec.settings().localHost())
                || isName(session.getProperty("mail." + protocol + ".localhost"))
                || isName(session.getProperty("mail." + protocol + ".localaddress"));
    }

    private static boolean isName(String name) {
        return name != null && !name.isEmpty();
    }
}
