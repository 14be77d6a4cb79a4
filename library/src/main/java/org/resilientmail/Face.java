package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.eclipse.angus.mail.util.PropUtil;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.smtp.CommandValues;
import org.resilientmail.smtp.ConnectSpec;
import org.resilientmail.smtp.SmtpSession;

/**
 * What makes a transport object the face of pooled sessions: {@code connect} proves the credentials and opens nothing
 * that could be shared, {@code send} sends once and keeps the relay's limits, {@code close} leaves the sessions to the
 * pool. It does not need to be a transport itself. For this project's own modules: the library's transport has one, and
 * the agent gives one to every transport object it finds. Thread-safe.
 */
public final class Face {

    /** How an attempt to connect ended when it did not fail. */
    public enum Connected {
        /** The credentials are good. */
        YES,
        /** User or password is missing; {@code Service.connect} asks the application's Authenticator then. */
        CREDENTIALS_WANTED,
        /** The decoration is switched off: the object is to connect by itself, and is left to itself until it does again. */
        UNDECORATED
    }

    private final FaceOwner owner;
    private final String protocol;
    private final boolean isSsl;
    private final Settings settings;
    private final Engine engine;
    private volatile boolean plain;
    private volatile Relay relay;
    private volatile Proved proved;
    private volatile Witness witness = new Witness(Map.of(), false);
    private volatile LastReply last = new LastReply(null, 0);

    Face(FaceOwner owner, String protocol, boolean isSsl, Settings settings, Engine engine) {
        this.owner = owner;
        this.protocol = protocol;
        this.isSsl = isSsl;
        this.settings = settings;
        this.engine = engine;
    }

    /**
     * Makes a face that shares its sessions with all others of this class loader.
     *
     * @param owner the transport object
     * @param protocol {@code smtp} or {@code smtps}: the prefix of the properties that count
     * @param isSsl whether the object speaks TLS from the first byte
     * @param system asked at every connect for what counts as system properties; only {@code mail.resilient.} is read
     * @return the face, not connected
     */
    public static Face of(FaceOwner owner, String protocol, boolean isSsl, Supplier<Properties> system) {
        return new Face(owner, protocol, isSsl, new Configurations(system), Engine.SHARED);
    }

    /** Leaves the object to itself until it connects again. */
    public void stepAside() {
        plain = true;
    }

    /** {@return whether the object is left to itself: it then answers every call as it did without us} */
    public boolean isUndecorated() {
        return plain;
    }

    /**
     * Connects: what {@code Service.protocolConnect} is to do.
     *
     * @param host the relay; {@code null} or empty means {@code localhost}
     * @param port its port; -1: what is configured, else the protocol's own
     * @param user the user name, or {@code null}
     * @param password the password, or {@code null}
     * @return how it ended
     * @throws MessagingException a {@link org.resilientmail.failure.MailFailure}, or an
     *     {@link InvalidConfigurationException}
     */
    public Connected connect(String host, int port, String user, String password) throws MessagingException {
        Session session = owner.session();
        if (settings.isSwitchedOff(session.getProperties())) {
            plain = true;
            return Connected.UNDECORATED;
        }
        if (flag("auth") && (user == null || password == null)) {
            return Connected.CREDENTIALS_WANTED;
        }
        String relayHost = host == null || host.isEmpty() ? "localhost" : host;
        Settings.Configured configured = settings.of(session.getProperties(), relayHost, user);
        ResilientConfig config = configured.account();
        if (!config.enabled()) {
            plain = true;
            return Connected.UNDECORATED;
        }
        plain = false;
        engine.operate(configured.operation());
        ConnectSpec spec =
                new ConnectSpec(session, protocol, relayHost, portOr(port), user, password, owner.loginSettings());
        Relay candidate = new Relay(engine, spec, config, Configurations.classifier(config.replies()));
        relay = null; // of a connection that was lost before
        Relay.Proof proof =
                candidate.prove(refused -> last = new LastReply(refused.lastResponse(), refused.returnCode()));
        SmtpSession opened = proof.session();
        witness = new Witness(opened.extensions(), opened.isSecure());
        last = new LastReply(opened.openingResponse(), opened.openingCode());
        proved = new Proved(candidate, proof);
        relay = candidate;
        return Connected.YES;
    }

    /**
     * Looks the relay's name up where {@code Service.connect} is about to do so, which would wait for it without end.
     *
     * @param host the relay, as given to {@code connect}
     * @param port its port, as given
     * @param user the user name, as given
     * @param password the password, as given
     * @param url the object's URL, or {@code null}
     * @throws MessagingException a {@link org.resilientmail.failure.MailFailure} when the name is not found in time
     */
    public void lookUp(String host, int port, String user, String password, URLName url) throws MessagingException {
        Session session = owner.session();
        Optional<String> relayHost = FirstLookUp.host(host, url, session, protocol);
        // With a password in hand, Jakarta Mail looks nothing up.
        boolean looksUp =
                password == null && relayHost.isPresent() && !SmtpSession.knowsName(relayHost.get()) && !owner.isOpen();
        if (looksUp && !settings.isSwitchedOff(session.getProperties())) {
            Settings.Configured configured = settings.of(session.getProperties(), relayHost.get(), user);
            ResilientConfig config = configured.account();
            if (config.enabled()) {
                engine.operate(configured.operation());
                FirstLookUp.inTime(engine, new AccountId(protocol, relayHost.get(), portOr(port), user), config);
            }
        }
    }

    private boolean flag(String name) {
        return PropUtil.getBooleanProperty(owner.session().getProperties(), "mail." + protocol + "." + name, false);
    }

    private int portOr(int port) {
        int configured = port != -1
                ? port
                : PropUtil.getIntProperty(owner.session().getProperties(), "mail." + protocol + ".port", -1);
        if (configured != -1) {
            return configured;
        }
        return isSsl || flag("ssl.enable") ? 465 : 25;
    }

    /**
     * Sends a message, once, to all recipients that can be reached.
     *
     * @param message the message
     * @param addresses its recipients
     * @throws MessagingException a {@link org.resilientmail.failure.MailFailure} that tells every recipient's fate; or,
     *     for a message or addresses that cannot be sent at all, what Angus throws for them
     */
    public void send(Message message, Address[] addresses) throws MessagingException {
        Relay current = connected("Not connected");
        proved = null; // what proved the credentials is there to be used now
        if (!(message instanceof MimeMessage mime)) {
            throw new MessagingException("SMTP can only send RFC822 messages, not "
                    + (message == null ? "null" : message.getClass().getName()) + "; allowed: a MimeMessage");
        }
        Session session = owner.session();
        SendOptions options = SendOptions.of(message, session.getProperties(), protocol, owner.reportsSuccess());
        List<InternetAddress> recipients = AddressList.of(addresses, CommandValues.allowsUtf8(session));
        Delivery delivery = new Delivery(current.route(), new PooledCarrier(current, mime, options), recipients);
        Outcome outcome;
        try {
            outcome = delivery.run();
        } catch (MessagingException unreadable) {
            owner.announce(TransportEvent.MESSAGE_NOT_DELIVERED, null, addresses, null, message);
            throw unreadable;
        }
        if (outcome.anyTransfer()) {
            last = new LastReply(outcome.lastResponse(), outcome.lastCode());
        }
        owner.announce(outcome.eventType(), outcome.validSent(), outcome.validUnsent(), outcome.invalid(), message);
        if (outcome.lostConnection()) {
            owner.connectionLost();
        }
        Optional<MessagingException> thrown = outcome.toThrow();
        if (thrown.isPresent()) {
            throw thrown.get();
        }
    }

    /** {@return whether a send may begin: since {@code connect} until {@link #leave()}, also after a lost connection} */
    public boolean mayBeginSend() {
        return relay != null;
    }

    /** Forgets the connection, and with it the password: no send begins from now on. */
    public void leave() {
        relay = null;
    }

    /** The object is closed: what was opened for it alone, and never used, is closed with it. */
    public void closed() {
        leave();
        Proved unused = proved;
        proved = null;
        if (unused != null) {
            unused.relay().done(unused.proof());
        }
    }

    private Relay connected(String otherwise) {
        // Not whether the object is open: one that lost its connection may go on, there is a pool.
        Relay current = relay;
        if (current == null) {
            throw new IllegalStateException(otherwise);
        }
        return current;
    }

    /** {@return the relay's last words to this object's own calls; {@code null} before the first} */
    public String lastResponse() {
        return last.response();
    }

    /** {@return the code of {@link #lastResponse()}; 0 before the first, negative where Angus read none} */
    public int lastCode() {
        return last.code();
    }

    /**
     * What the relay announced with an extension, as it was at {@code connect}.
     *
     * @param extension the extension's name, letter case ignored
     * @return its parameters, or {@code null} if it was not announced
     */
    public String extensionParameter(String extension) {
        return witness.extensions().get(extension.toUpperCase(Locale.ENGLISH));
    }

    /** {@return whether the connection was secured by TLS at {@code connect}} */
    public boolean isSecure() {
        return witness.secure();
    }

    /**
     * Issues a command on one of the pooled sessions. Which one is not said: commands that change a session's state are
     * not for a pool.
     *
     * @param command the command, without line end
     * @return the reply's code
     * @throws MessagingException if there is no connection, or it failed
     */
    public int command(String command) throws MessagingException {
        return issue(command).code();
    }

    /** Without a monitor: it may wait for a session, and closing must not wait with it. */
    private LastReply issue(String command) throws MessagingException {
        Relay current;
        try {
            current = connected("Not connected");
        } catch (IllegalStateException notConnected) {
            // Angus' type and words for the same mistake.
            throw new MessagingException("Can't send command to SMTP host", notConnected);
        }
        LastReply reply = ApplicationCommand.issue(current, command);
        last = reply; // which a send of another thread may replace at once
        return reply;
    }

    /**
     * Issues a command whose reply must have a certain code.
     *
     * @param command the command, without line end
     * @param expect the code, or -1 for any
     * @throws MessagingException if it has another, or as {@link #command} does
     */
    public void command(String command, int expect) throws MessagingException {
        LastReply reply = issue(command);
        if (expect != -1 && reply.code() != expect) {
            throw new MessagingException(reply.response());
        }
    }

    /** What was opened for this object, or found for it, to prove the credentials; until the first send. */
    private record Proved(Relay relay, Relay.Proof proof) {}

    /** What is known of the relay since {@code connect}. */
    private record Witness(Map<String, String> extensions, boolean secure) {}
}
