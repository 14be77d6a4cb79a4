package org.resilientmail.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/** A session could not be opened: where it stopped, what the relay said, and Angus' own exception. */
public final class ConnectRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SmtpPhase phase;
    private final transient SmtpReply reply;
    private final transient NoReply missing;
    private final transient MessagingException original;
    private final transient int returnCode;
    private final transient String lastResponse;
    private final transient Opening opening;

    private ConnectRefused(
            SmtpPhase phase, SmtpReply reply, NoReply missing, MessagingException original, RecordingTransport angus) {
        this(
                phase,
                reply,
                missing,
                original,
                angus.getLastReturnCode(),
                angus.getLastServerResponse(),
                angus.opening());
    }

    private ConnectRefused(
            SmtpPhase phase,
            SmtpReply reply,
            NoReply missing,
            MessagingException original,
            int returnCode,
            String lastResponse,
            Opening opening) {
        super(original.getMessage(), original, false, false);
        this.phase = phase;
        this.reply = reply;
        this.missing = missing;
        this.original = original;
        this.returnCode = returnCode;
        this.lastResponse = lastResponse;
        this.opening = opening;
    }

    static ConnectRefused of(MessagingException thrown, RecordingTransport angus, boolean tlsRequired) {
        Conversation conversation = angus.conversation();
        SmtpPhase reached = conversation.awaiting();
        if (tlsRequired
                && reached == SmtpPhase.EHLO
                && !conversation.isOver()
                && !angus.extensions().containsKey("STARTTLS")) {
            return new ConnectRefused(SmtpPhase.STARTTLS, null, NoReply.TLS_NOT_OFFERED, thrown, angus);
        }
        Optional<Exchange> decisive = conversation.decisive();
        if (decisive.isPresent() && decisive.get().phase() == reached || conversation.isOver()) {
            Exchange exchange = decisive.orElseThrow();
            return new ConnectRefused(exchange.phase(), exchange.reply(), exchange.missing(), thrown, angus);
        }
        NoReply why = conversation
                .brokenOff()
                .map(cause -> cause == NoReply.TIMEOUT ? outOfTime(reached) : cause)
                .orElseGet(() -> silence(thrown, reached, conversation));
        return new ConnectRefused(reached, null, why, thrown, angus);
    }

    /** The same without what must not be told. */
    ConnectRefused without(Discretion discretion) {
        return new ConnectRefused(
                phase,
                discretion.hiddenIn(reply),
                missing,
                discretion.hiddenIn(original),
                returnCode,
                discretion.hiddenIn(lastResponse),
                opening);
    }

    /** There was not even a name to connect to, in time. */
    static ConnectRefused beforeConnecting(MailConnectException thrown) {
        return new ConnectRefused(
                SmtpPhase.CONNECT,
                null,
                silence(thrown, SmtpPhase.CONNECT, new Conversation()),
                thrown,
                -1,
                null,
                Opening.NOTHING);
    }

    private static NoReply outOfTime(SmtpPhase reached) {
        return reached == SmtpPhase.CONNECT ? NoReply.CONNECT_TIMEOUT : NoReply.TIMEOUT;
    }

    /** Why there was no reply at all: the connection, the handshake, or nothing to agree upon. */
    private static NoReply silence(MessagingException thrown, SmtpPhase reached, Conversation conversation) {
        boolean timedOut = false;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof UnknownHostException) {
                return NoReply.UNKNOWN_HOST;
            }
            if (t instanceof SSLException) {
                return inHandshake(t.getCause());
            }
            if (isDistrust(t)) {
                return NoReply.TLS_HANDSHAKE;
            }
            if (t instanceof NoRouteToHostException) {
                return NoReply.NO_ROUTE;
            }
            if (t instanceof InterruptedIOException && !(t instanceof SocketTimeoutException)) {
                return NoReply.INTERRUPTED;
            }
            timedOut |= t instanceof SocketTimeoutException;
        }
        if (thrown instanceof MailConnectException || reached == SmtpPhase.CONNECT) {
            return timedOut ? NoReply.CONNECT_TIMEOUT : NoReply.CONNECT_REFUSED;
        }
        if (thrown instanceof AuthenticationFailedException) {
            if (reached != SmtpPhase.AUTH) {
                return NoReply.NO_AUTH_MECHANISM;
            }
            // What is neither a challenge, nor a yes, nor a no says nothing about the credentials.
            return conversation.isChallenged() ? NoReply.AUTH_STUCK : NoReply.GARBAGE;
        }
        return timedOut ? NoReply.TIMEOUT : NoReply.RESET;
    }

    /** Angus' own look at the certificate, after a handshake that succeeded, has no type of its own. */
    private static boolean isDistrust(Throwable t) {
        String text = t.getClass() == IOException.class && t.getMessage() != null ? t.getMessage() : "";
        return text.startsWith("Server is not trusted")
                || text.startsWith("Unable to check server identity")
                || text.startsWith("Can't verify identity of server"); // in older versions
    }

    /** A connection lost in the handshake is a lost connection, not a disagreement. */
    private static NoReply inHandshake(Throwable cause) {
        if (cause instanceof EOFException) {
            return NoReply.CLOSED;
        }
        if (cause instanceof SocketTimeoutException) {
            return NoReply.TIMEOUT;
        }
        boolean lost = cause instanceof IOException && !(cause instanceof SSLException);
        return lost ? NoReply.RESET : NoReply.TLS_HANDSHAKE;
    }

    /** {@return the step at which opening stopped} */
    public SmtpPhase phase() {
        return phase;
    }

    /** {@return the relay's reply, or empty when none came} */
    public Optional<SmtpReply> reply() {
        return Optional.ofNullable(reply);
    }

    /** {@return why no reply came; set exactly when {@link #reply()} is empty} */
    public Optional<NoReply> missing() {
        return Optional.ofNullable(missing);
    }

    /** {@return what Angus threw} */
    public MessagingException original() {
        return Objects.requireNonNull(original);
    }

    /** {@return what Angus reports as the last return code} */
    public int returnCode() {
        return returnCode;
    }

    /** {@return what Angus reports as the last server response; may be {@code null}} */
    public String lastResponse() {
        return lastResponse;
    }

    /** {@return what was seen of the relay until then} */
    public Opening opening() {
        return opening;
    }
}
