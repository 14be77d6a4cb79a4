package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.event.TransportListener;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.PropUtil;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.smtp.CommandValues;
import org.resilientmail.smtp.ConnectSpec;
import org.resilientmail.smtp.LoginSettings;
import org.resilientmail.smtp.SmtpSession;

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

    private static final System.Logger LOG = System.getLogger("org.resilientmail");

    private final Engine engine;
    private final String protocol;
    private final int defaultPort;
    private final ResilientConfig builtInCode;
    private String localHost;
    private volatile boolean plain;
    private volatile boolean open;
    private volatile Relay relay;
    private volatile Relay.Proof proof;
    private volatile Witness witness = new Witness(Map.of(), false);
    private final Vector<TransportListener> listeners = new Vector<>();
    private volatile LastReply last = new LastReply(null, 0);

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
        this(session, url, name, isSsl, null, Engine.SHARED);
    }

    ResilientTransport(
            Session session, URLName url, String name, boolean isSsl, ResilientConfig builtInCode, Engine engine) {
        super(session, url, name, isSsl);
        this.protocol = url == null ? name : url.getProtocol();
        boolean tls = isSsl
                || PropUtil.getBooleanProperty(session.getProperties(), "mail." + protocol + ".ssl.enable", false);
        this.defaultPort = tls ? 465 : 25;
        this.builtInCode = builtInCode;
        this.engine = engine;
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
        if (plain) {
            return super.protocolConnect(host, port, user, password);
        }
        if (builtInCode == null && Configurations.isSwitchedOff(session.getProperties())) {
            plain = true;
            return super.protocolConnect(host, port, user, password);
        }
        boolean authenticates =
                PropUtil.getBooleanProperty(session.getProperties(), "mail." + protocol + ".auth", false);
        if (authenticates && (user == null || password == null)) {
            return false; // Service.connect asks the application's Authenticator then, and calls again
        }
        String relayHost = host == null || host.isEmpty() ? "localhost" : host;
        ResilientConfig config =
                builtInCode != null ? builtInCode : Configurations.of(session.getProperties(), relayHost, user);
        if (!config.enabled()) {
            plain = true;
            return super.protocolConnect(host, port, user, password);
        }
        ConnectSpec spec = new ConnectSpec(
                session, protocol, relayHost, portOr(port), user, password, LoginSettings.of(this, localHost));
        Relay candidate = new Relay(engine, spec, config, Configurations.classifier(config.replies()));
        relay = null; // of a connection that was lost before
        Relay.Proof proved =
                candidate.prove(refused -> last = new LastReply(refused.lastResponse(), refused.returnCode()));
        SmtpSession opened = proved.session();
        witness = new Witness(opened.extensions(), opened.isSecure());
        last = new LastReply(opened.openingResponse(), opened.openingCode());
        proof = proved;
        relay = candidate;
        return true;
    }

    private int portOr(int port) {
        int configured =
                port != -1 ? port : PropUtil.getIntProperty(session.getProperties(), "mail." + protocol + ".port", -1);
        return configured == -1 ? defaultPort : configured;
    }

    /**
     * Starts the protocol on a socket of the application's own. Such a connection cannot be opened again by us, so that
     * this transport is then Angus' own, undecorated.
     */
    @Override
    public synchronized void connect(Socket socket) throws MessagingException {
        plain = true;
        super.connect(socket);
    }

    /**
     * Sends a message, once, to all recipients that can be reached.
     *
     * @throws MessagingException a {@link MailFailure} that tells every recipient's fate; or, for a message or addresses
     *     that cannot be sent at all, what Angus throws for them
     */
    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException, SendFailedException {
        if (plain) {
            super.sendMessage(message, addresses);
            return;
        }
        Relay current = relay;
        if (current == null) {
            throw new IllegalStateException("Not connected");
        }
        proof = null; // is there to be used now
        if (!(message instanceof MimeMessage mime)) {
            throw new MessagingException("SMTP can only send RFC822 messages, not "
                    + (message == null ? "null" : message.getClass().getName()) + "; allowed: a MimeMessage");
        }
        SendOptions options = SendOptions.of(message, session.getProperties(), protocol, getReportSuccess());
        List<InternetAddress> recipients = AddressList.of(addresses, CommandValues.allowsUtf8(session));
        Delivery delivery = new Delivery(current.route(), new PooledCarrier(current, mime, options), recipients);
        Outcome outcome;
        try {
            outcome = delivery.run();
        } catch (MessagingException unreadable) {
            announce(TransportEvent.MESSAGE_NOT_DELIVERED, null, addresses, null, message);
            throw unreadable;
        }
        if (outcome.anyTransfer()) {
            last = new LastReply(outcome.lastResponse(), outcome.lastCode());
        }
        announce(outcome, message);
        if (outcome.lostConnection()) {
            super.close(); // as Angus does; sending remains possible, the pool needs no connection of this object
        }
        Optional<MessagingException> thrown = outcome.toThrow();
        if (thrown.isPresent()) {
            throw thrown.get();
        }
    }

    /** Tells the listeners the one event of a send. Angus' own method does so only once until its own send resets it. */
    private void announce(Outcome outcome, Message message) {
        announce(outcome.eventType(), outcome.validSent(), outcome.validUnsent(), outcome.invalid(), message);
    }

    private void announce(int type, Address[] sent, Address[] unsent, Address[] invalid, Message message) {
        if (!listeners.isEmpty()) {
            try {
                queueEvent(new TransportEvent(this, type, sent, unsent, invalid, message), listeners);
            } catch (RuntimeException e) {
                // The application's mail.event.executor takes no more; that changes nothing about the message.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "listeners cannot be told of a send: " + e.getClass().getName());
            }
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
        Relay left = relay;
        relay = null;
        // In truth closed by the pool: here only the state changes and the listeners are told.
        super.close();
        Relay.Proof unused = proof;
        if (left != null && unused != null) {
            left.done(unused);
        }
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        super.setConnected(connected);
        open = connected;
    }

    /** {@return whether {@code connect} succeeded and {@code close} was not called; costs no round trip} */
    @Override
    public synchronized boolean isConnected() {
        return plain ? super.isConnected() : open;
    }

    @Override
    public synchronized void setLocalHost(String name) {
        localHost = name;
        super.setLocalHost(name);
    }

    @Override
    public synchronized String getLastServerResponse() {
        return plain ? super.getLastServerResponse() : last.response();
    }

    @Override
    public synchronized int getLastReturnCode() {
        return plain ? super.getLastReturnCode() : last.code();
    }

    @Override
    public boolean supportsExtension(String extension) {
        return plain ? super.supportsExtension(extension) : getExtensionParameter(extension) != null;
    }

    @Override
    public String getExtensionParameter(String extension) {
        return plain
                ? super.getExtensionParameter(extension)
                : witness.extensions().get(extension.toUpperCase(Locale.ENGLISH));
    }

    @Override
    public synchronized boolean isSSL() {
        return plain ? super.isSSL() : witness.secure();
    }

    @Override
    public synchronized void issueCommand(String command, int expect) throws MessagingException {
        if (plain) {
            super.issueCommand(command, expect);
            return;
        }
        int code = simpleCommand(command);
        if (expect != -1 && code != expect) {
            throw new MessagingException(last.response());
        }
    }

    /**
     * Issues a command on one of the pooled sessions. Which one is not said: commands that change a session's state are
     * not for a pool.
     */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        if (plain) {
            return super.simpleCommand(command);
        }
        Relay current = relay;
        if (!open || current == null) {
            // Angus' type and words for the same mistake.
            throw new MessagingException("Can't send command to SMTP host", new IllegalStateException("Not connected"));
        }
        LastReply reply = ApplicationCommand.issue(current, command);
        last = reply; // which a send of another thread may replace at once
        return reply.code();
    }

    /** What is known of the relay since {@code connect}. */
    private record Witness(Map<String, String> extensions, boolean secure) {}
}
