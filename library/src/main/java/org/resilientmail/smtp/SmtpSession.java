package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.PropUtil;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.resilientmail.config.Chunking;
import org.resilientmail.config.TransferSettings;

/**
 * One connection to the relay, opened, authenticated and ready for envelopes. Used by one thread at a time; what is
 * fixed since it was opened may be read by any.
 */
public final class SmtpSession {

    private final FlyingTransport angus;
    private final SessionProperties properties;
    private final Session session;
    private final String openingResponse;
    private final int openingCode;
    private final Opening opening;
    private final String protocol;
    private boolean chunksRefused;

    private SmtpSession(FlyingTransport angus, SessionProperties properties, Session session, ConnectSpec spec) {
        this.protocol = spec.protocol();
        this.angus = angus;
        this.properties = properties;
        this.session = session;
        this.openingResponse = Discretion.of(spec).hiddenIn(angus.getLastServerResponse());
        this.openingCode = angus.getLastReturnCode();
        this.opening = angus.opening();
    }

    /**
     * Opens a session: connects, greets, secures and authenticates as the properties ask. Nothing stays open when it
     * fails.
     *
     * @param spec what to connect to, and how
     * @param left the time there is for it
     * @return the session
     * @throws ConnectRefused if it could not be opened
     */
    public static SmtpSession open(ConnectSpec spec, Duration left) throws ConnectRefused {
        Session applications = spec.session();
        SessionProperties properties = new SessionProperties(spec.properties());
        boolean longWaitForDot = TimeOuts.readTimeoutIsOurs(spec.properties(), spec.protocol());
        TimeOuts.complete(properties, spec.protocol());
        // With it, making a Session prints to standard output, wherever the application's own prints.
        properties.hide("mail.debug");
        Session ours = Session.getInstance(properties);
        ours.setDebugOut(applications.getDebugOut()); // first: the other one prints
        ours.setDebug(applications.getDebug());
        // Angus is to ask whether a message goes by BDAT; how, is for Flight to say.
        properties.cover("mail." + spec.protocol() + ".chunksize", "1");
        FlyingTransport angus = new FlyingTransport(
                ours, spec.protocol(), longWaitForDot, TimeOuts.wholeVerdict(spec.properties(), spec.protocol()));
        Deadline deadline = angus.within(left);
        boolean opened = false;
        try {
            connect(angus, spec, deadline);
            opened = true;
        } finally {
            deadline.close();
            properties.release();
            if (!opened) {
                TimeOuts.rest();
            }
        }
        if (angus.conversation().brokenOff().isPresent()) { // at the last moment
            angus.abort();
            MessagingException why = new MessagingException("The connection was given up as soon as it stood");
            throw refused(why, angus, spec, false);
        }
        return new SmtpSession(angus, properties, ours, spec);
    }

    /**
     * Whether Java has the answer to who asks for a name now: it is a number, or was looked up a moment ago.
     *
     * @param host the relay's name
     * @return whether nobody has to wait for it
     */
    public static boolean knowsName(String host) {
        return Names.isKnown(host);
    }

    /**
     * Looks a relay's name up, so that Java knows it and whoever asks next need not wait. A name that has no address is
     * for connecting to find out.
     *
     * @param host the relay's name
     * @param port the relay's port, for the failure
     * @param left the time there is for it
     * @throws ConnectRefused if it takes longer, or the thread is interrupted meanwhile, as it then still is
     */
    public static void lookUp(String host, int port, Duration left) throws ConnectRefused {
        try {
            Names.endpoint(host, port, Deadline.in(left));
        } catch (IOException e) {
            throw ConnectRefused.beforeConnecting(
                    new MailConnectException(new SocketConnectException(null, e, host, port, -1)));
        }
    }

    private static ConnectRefused refused(
            MessagingException why, RecordingTransport angus, ConnectSpec spec, boolean tlsRequired) {
        return ConnectRefused.of(why, angus, tlsRequired).without(Discretion.of(spec));
    }

    private static void connect(RecordingTransport angus, ConnectSpec spec, Deadline deadline) throws ConnectRefused {
        boolean connected = false;
        try {
            connected = angus.open(spec, deadline);
            if (!connected) {
                throw new jakarta.mail.AuthenticationFailedException("failed to connect");
            }
        } catch (MessagingException e) {
            throw refused(e, angus, spec, spec.settings().requireStartTls());
        } catch (RuntimeException e) {
            // Not past those who know which envelopes have gone out already.
            throw refused(angus.brokenDown(e), angus, spec, false);
        } finally {
            if (!connected) {
                angus.abort();
            }
        }
    }

    /**
     * Sends one envelope.
     *
     * @param message the message
     * @param recipients the envelope's recipients, at least one
     * @param sender whose {@code mail.smtp.*} properties count for this message
     * @param options whether to deliver to some when others are refused, and how to hand over
     * @param left the time there is for it; what begins in time waits for the reply to the final dot all the same
     * @return what became of it
     */
    public TransferResult transfer(
            FrozenMessage message,
            List<InternetAddress> recipients,
            Properties sender,
            TransferOptions options,
            Duration left) {
        Flight flight = flight(message, recipients, sender, options);
        properties.bind(sender);
        angus.conversation().restart();
        angus.setReportSuccess(options.reportSuccess());
        angus.prepare(flight, message, chunkSize(message.size(), sender));
        Optional<MessagingException> thrown = Optional.empty();
        Deadline deadline = angus.within(left);
        TransferResult result;
        try {
            angus.sendMessage(
                    message.forSession(session, options.sendPartial()), recipients.toArray(new InternetAddress[0]));
        } catch (MessagingException e) {
            thrown = Optional.of(e);
        } catch (RuntimeException e) {
            thrown = Optional.of(angus.brokenDown(e));
        } catch (Error e) {
            if (!angus.conversation().finalDotBegun()) {
                throw e;
            }
            // The message is out: what is known of its fate is worth more than where we broke down.
            thrown = Optional.of(angus.brokenDown(new IllegalStateException(e)));
        } finally {
            deadline.close();
            properties.release();
            result = new TransferReader(angus, flight, thrown).read(recipients.size());
            angus.landed();
        }
        if (flight.goesByChunks() && result.isChunkUnknown() && result.sessionInOrder()) {
            // Nothing was accepted: the relay announces CHUNKING and does not know BDAT.
            chunksRefused = true;
            return transfer(message, recipients, sender, options, left);
        }
        return result;
    }

    private Flight flight(
            FrozenMessage message, List<InternetAddress> recipients, Properties sender, TransferOptions options) {
        TransferSettings how = options.how();
        boolean chunks = angus.takesChunks() && !chunksRefused;
        String notify = null;
        if (angus.extensions().containsKey("DSN")) {
            String asked = message.notifyOptions();
            notify = asked != null ? asked : sender.getProperty("mail." + protocol + ".dsn.notify");
        }
        return Flight.of(
                how.pipelining() && angus.extensions().containsKey("PIPELINING"),
                chunks ? how.chunking() : Chunking.OFF,
                message.size(),
                recipients,
                notify,
                options.sendPartial());
    }

    /** The application may have asked Angus for chunks of a size. */
    private long chunkSize(long octets, Properties sender) {
        int asked = PropUtil.getIntProperty(sender, "mail." + protocol + ".chunksize", -1);
        return asked > 0 ? asked : ChunkedBody.usualChunk(octets);
    }

    /**
     * Asks the relay for a sign of life; costs a round trip.
     *
     * @param left the time there is for it
     * @return whether it still answers
     */
    public boolean isAlive(Duration left) {
        Deadline deadline = angus.within(left);
        try {
            return angus.answersNoop();
        } finally {
            deadline.close();
        }
    }

    /**
     * Issues one command of the application's own.
     *
     * @param command the command, without line end
     * @param left the time there is for it
     * @return the reply's code, or -1
     * @throws MessagingException if the connection failed
     */
    public int command(String command, Duration left) throws MessagingException {
        Deadline deadline = angus.within(left);
        try {
            return angus.command(command);
        } finally {
            deadline.close();
        }
    }

    /** {@return the last reply, as Angus reports it; may be {@code null}} */
    public String lastResponse() {
        return angus.getLastServerResponse();
    }

    /** Says goodbye and closes. Never throws: nothing depends on the goodbye. */
    public void quit() {
        angus.quit();
        TimeOuts.rest();
    }

    /** Closes without a word. Never throws. */
    public void abort() {
        angus.abort();
        TimeOuts.rest();
    }

    /** {@return the extensions the relay announced, upper-case names with their parameters (RFC 5321 section 4.1.1.1)} */
    public Map<String, String> extensions() {
        return angus.extensions();
    }

    /** {@return whether the connection is secured by TLS} */
    public boolean isSecure() {
        return opening.tls().isPresent();
    }

    /** {@return what was seen while it was opened} */
    public Opening opening() {
        return opening;
    }

    /** {@return the last reply of the opening, as Angus reports it} */
    public String openingResponse() {
        return openingResponse;
    }

    /** {@return the code of {@link #openingResponse()}} */
    public int openingCode() {
        return openingCode;
    }

    /** {@return the largest message the relay announced to take, in octets (RFC 1870); empty when it set no limit} */
    public OptionalLong maxMessageSize() {
        return number(angus.extensions().get("SIZE"));
    }

    /**
     * A limit the relay announced (RFC 9422).
     *
     * @param name such as {@code RCPTMAX} or {@code MAILMAX}
     * @return its value, or empty when it was not announced
     */
    public OptionalLong announcedLimit(String name) {
        String limits = angus.extensions().getOrDefault("LIMITS", "");
        for (String limit : limits.split(" ")) {
            if (limit.regionMatches(true, 0, name + "=", 0, name.length() + 1)) {
                return number(limit.substring(name.length() + 1));
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        if (text == null || text.isBlank() || text.length() > 18) {
            return OptionalLong.empty();
        }
        String digits = text.strip();
        for (int i = 0; i < digits.length(); i++) {
            if (!Character.isDigit(digits.charAt(i))) {
                return OptionalLong.empty();
            }
        }
        long value = Long.parseLong(digits);
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
