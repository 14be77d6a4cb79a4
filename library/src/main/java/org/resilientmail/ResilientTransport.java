package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import java.net.Socket;
import java.util.Vector;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.smtp.LoginSettings;

/**
 * The Transport for {@code smtp} that applications get: to them an Angus {@link SMTPTransport}, in truth the face of
 * pooled sessions. {@code connect} proves the credentials and opens nothing that could be shared, {@code sendMessage}
 * sends once and keeps the relay's limits, {@code close} leaves the sessions that were used to the pool.
 *
 * <p>With {@code mail.resilient.enabled=false}, and after {@link #connect(Socket)}, it is Angus' transport unchanged.
 *
 * <p>Thread-safe; sends of several threads through one object run side by side.
 */
public class ResilientTransport extends SMTPTransport {

    private final Face face;
    private String localHost;
    private volatile boolean open;
    /** While it connects on a socket of the application's own. Guarded by the monitor. */
    private boolean onOwnSocket;

    private final SendsUnderWay sends = new SendsUnderWay();
    private final Vector<TransportListener> listeners = new Vector<>();

    /**
     * Called by Jakarta Mail.
     *
     * @param session the Session
     * @param url what the transport is for
     */
    public ResilientTransport(Session session, URLName url) {
        this(session, url, "smtp", false);
    }

    ResilientTransport(Session session, URLName url, String name, boolean isSsl) {
        this(session, url, name, isSsl, new Configurations(), Engine.SHARED);
    }

    ResilientTransport(
            Session session, URLName url, String name, boolean isSsl, ResilientConfig builtInCode, Engine engine) {
        this(
                session,
                url,
                name,
                isSsl,
                builtInCode == null ? new Configurations() : Settings.builtInCode(builtInCode),
                engine);
    }

    private ResilientTransport(
            Session session, URLName url, String name, boolean isSsl, Settings settings, Engine engine) {
        super(session, url, name, isSsl);
        this.face = new Face(new Owner(), url == null ? name : url.getProtocol(), isSsl, settings, engine);
    }

    /** Stands in for an Angus transport: same protocol, same settings. */
    static ResilientTransport inPlaceOf(SMTPTransport angus, Session session, ResilientConfig config) {
        URLName url = angus.getURLName();
        String name = url == null || url.getProtocol() == null
                ? angus instanceof SMTPSSLTransport ? "smtps" : "smtp"
                : url.getProtocol();
        ResilientTransport made =
                new ResilientTransport(session, url, name, name.equals("smtps"), config, Engine.SHARED);
        // Angus would look the name up when it connects; set or not, it is the one it would say.
        String localHost = angus instanceof ResilientTransport ours ? ours.localHost : angus.getLocalHost();
        LoginSettings.of(angus, localHost).applyTo(made);
        made.setReportSuccess(angus.getReportSuccess());
        return made;
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        if (onOwnSocket) {
            return super.protocolConnect(host, port, user, password);
        }
        return switch (face.connect(host, port, user, password)) {
            case YES -> true;
            case CREDENTIALS_WANTED -> false;
            case UNDECORATED -> super.protocolConnect(host, port, user, password);
        };
    }

    /**
     * Connects, as Jakarta Mail does it, but waits for the relay's name no longer than a call may take.
     *
     * @throws MessagingException a {@link MailFailure}
     */
    @Override
    public synchronized void connect(String host, int port, String user, String password) throws MessagingException {
        if (!onOwnSocket) {
            face.lookUp(host, port, user, password, url);
        }
        super.connect(host, port, user, password);
    }

    /**
     * Starts the protocol on a socket of the application's own. Such a connection cannot be opened again by us, so that
     * this transport is then Angus' own, undecorated, until it connects again.
     *
     * @throws IllegalStateException if it is connected
     */
    @Override
    public synchronized void connect(Socket socket) throws MessagingException {
        if (open && !face.isUndecorated()) {
            throw new IllegalStateException(
                    "already connected"); // before the socket is taken, which is not there twice
        }
        face.stepAside();
        onOwnSocket = true;
        try {
            super.connect(socket);
        } finally {
            onOwnSocket = false;
        }
    }

    /**
     * Sends a message, once, to all recipients that can be reached.
     *
     * @throws MessagingException a {@link MailFailure} that tells every recipient's fate; or, for a message or addresses
     *     that cannot be sent at all, what Angus throws for them
     */
    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException, SendFailedException {
        if (face.isUndecorated()) {
            super.sendMessage(message, addresses);
            return;
        }
        sends.begin();
        try {
            face.send(message, addresses);
        } finally {
            if (sends.end()) {
                tellConnectionListeners(ConnectionEvent.CLOSED);
            }
        }
    }

    @Override
    protected void notifyConnectionListeners(int type) {
        if (type == ConnectionEvent.CLOSED && sends.postponeFarewell()) {
            return;
        }
        if (type == ConnectionEvent.OPENED && sends.takeFarewell()) {
            tellConnectionListeners(ConnectionEvent.CLOSED); // of the connection before
        }
        tellConnectionListeners(type);
    }

    private void tellConnectionListeners(int type) {
        telling(() -> super.notifyConnectionListeners(type));
    }

    private static void telling(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            // The application's mail.event.executor takes no more, or Jakarta Mail gets no thread for its own; that
            // changes nothing about what is told.
            Engine.warn("listeners cannot be told: " + e.getClass().getName());
        }
    }

    @Override
    public synchronized void addTransportListener(TransportListener listener) {
        listeners.addElement(listener);
        super.addTransportListener(listener);
    }

    @Override
    public synchronized void removeTransportListener(TransportListener listener) {
        listeners.removeElement(listener);
        super.removeTransportListener(listener);
    }

    @Override
    public void close() throws MessagingException {
        face.leave();
        // In truth closed by the pool: here only the state changes and the listeners are told.
        super.close();
        face.closed(); // last, and without the monitor: it may say goodbye to a relay
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        super.setConnected(connected);
        open = connected;
    }

    /** {@return whether {@code connect} succeeded and {@code close} was not called; costs no round trip} */
    @Override
    public boolean isConnected() {
        // Without the monitor, like all that only reads: a connect, which holds it, may take its time.
        return face.isUndecorated() ? super.isConnected() : open;
    }

    @Override
    public synchronized void setLocalHost(String name) {
        localHost = name;
        super.setLocalHost(name);
    }

    @Override
    public String getLastServerResponse() {
        return face.isUndecorated() ? super.getLastServerResponse() : face.lastResponse();
    }

    @Override
    public int getLastReturnCode() {
        return face.isUndecorated() ? super.getLastReturnCode() : face.lastCode();
    }

    @Override
    public boolean supportsExtension(String extension) {
        return face.isUndecorated() ? super.supportsExtension(extension) : face.extensionParameter(extension) != null;
    }

    @Override
    public String getExtensionParameter(String extension) {
        return face.isUndecorated() ? super.getExtensionParameter(extension) : face.extensionParameter(extension);
    }

    @Override
    public boolean isSSL() {
        return face.isUndecorated() ? super.isSSL() : face.isSecure();
    }

    @Override
    public void issueCommand(String command, int expect) throws MessagingException {
        if (face.isUndecorated()) {
            super.issueCommand(command, expect);
        } else {
            face.command(command, expect);
        }
    }

    /**
     * Issues a command on one of the pooled sessions. Which one is not said: commands that change a session's state are
     * not for a pool.
     */
    @Override
    public int simpleCommand(String command) throws MessagingException {
        return face.isUndecorated() ? super.simpleCommand(command) : face.command(command);
    }

    /** This object, as its face sees it. */
    private final class Owner implements FaceOwner {

        @Override
        public Session session() {
            return session;
        }

        @Override
        public LoginSettings loginSettings() {
            return LoginSettings.of(ResilientTransport.this, localHost);
        }

        @Override
        public boolean reportsSuccess() {
            return getReportSuccess();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        /** Not by our own close: sending remains possible, the pool needs no connection of this object. */
        @Override
        public void connectionLost() throws MessagingException {
            ResilientTransport.super.close();
        }

        /** Angus' own method does so only once until its own send resets it. */
        @Override
        public void announce(int type, Address[] sent, Address[] unsent, Address[] invalid, Message message) {
            if (!listeners.isEmpty()) {
                telling(() -> queueEvent(
                        new TransportEvent(ResilientTransport.this, type, sent, unsent, invalid, message), listeners));
            }
        }
    }
}
