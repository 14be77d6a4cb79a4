package org.resilientmail.reply;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ways to get no reply at all. What follows depends on one thing more than on all else: whether the final dot, or
 * the last {@code BDAT} chunk, had been sent. Then the relay may have accepted the message (RFC 5321 section 4.2.5).
 */
public enum NoReply {
    /** The relay's name has no address. Not retried within a call: a resolver's answer outlives one. */
    UNKNOWN_HOST(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.LATER,
            "The relay's host name could not be resolved. Check mail.smtp.host for typing errors, and the network's DNS."),
    /** Nothing listens at the relay's port. */
    CONNECT_REFUSED(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "Nothing accepts connections at the relay's host and port. Check both (587 or 465 for submission), and whether the relay is up."),
    /** The connection did not come about in time. */
    CONNECT_TIMEOUT(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The relay did not answer the connection attempt. A firewall may drop it: many networks block port 25, so use 587 or 465."),
    /** The network knows no way to the relay. */
    NO_ROUTE(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The network knows no way to the relay. Check the machine's network and its firewall."),
    /** The handshake failed: certificate, name or protocol version. The same again after any wait. */
    TLS_HANDSHAKE(
            FailureKind.TLS_REQUIRED,
            RetryAdvice.NO,
            "The TLS handshake with the relay failed. Check that its certificate is trusted and bears the host's name, that both sides share a TLS version, and that the port fits: 465 for TLS from the start, 587 for STARTTLS."),
    /** TLS is demanded by the application, and the relay does not offer it. */
    TLS_NOT_OFFERED(
            FailureKind.TLS_REQUIRED,
            RetryAdvice.NO,
            "The relay does not offer STARTTLS, which the application demands. Check host and port; something in between may have removed the offer."),
    /** Client and relay share no way to authenticate, or none the application allows. */
    NO_AUTH_MECHANISM(
            FailureKind.AUTHENTICATION_FAILED,
            RetryAdvice.NO,
            "The relay and the client share no way to authenticate. Look at what the relay offers after EHLO (some offer it only after STARTTLS) and at mail.smtp.auth.mechanisms."),
    /** The relay asked for something in AUTH that the mechanism cannot answer, and neither side went on. */
    AUTH_STUCK(
            FailureKind.AUTHENTICATION_FAILED,
            RetryAdvice.NO,
            "The login got stuck: the relay asked for something that the chosen mechanism has no answer to. Name another mechanism in mail.smtp.auth.mechanisms, such as PLAIN, and check that host and port are those of the relay."),
    /** The relay closed the connection: end of stream. */
    CLOSED(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The relay closed the connection without a reply. A new session is opened; if it happens again at the same place, the message or a limit of the relay is the cause."),
    /** The connection broke with an I/O error while reading. */
    RESET(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The connection to the relay broke. A new session is opened; if it happens often, look for firewalls that cut idle connections."),
    /** No reply came within the read time-out. */
    TIMEOUT(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The relay did not reply in time. A new session is opened; a read time-out (mail.smtp.timeout) below a minute is too short for busy relays."),
    /** Writing failed, so the relay cannot have got all of what was to be sent. */
    WRITE_FAILED(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.YES,
            "The connection broke while sending. A new session is opened; if it happens again at the same place, look at the message's size and the write time-out."),
    /** What came is not SMTP: another service, or two sides out of step. */
    GARBAGE(
            FailureKind.PROTOCOL_ERROR,
            RetryAdvice.YES,
            "What answered does not speak SMTP. Check host and port: 465 speaks TLS from the start, 587 and 25 do not."),
    /** The thread was interrupted, or the transport closed by another one, while it waited for the reply. */
    INTERRUPTED(
            FailureKind.SERVER_UNAVAILABLE,
            RetryAdvice.NO,
            "The application interrupted the sending before the relay replied.");

    private static final String UNCERTAIN =
            "The whole message was handed over and no reply came, so the relay may have accepted it. Look for it at the relay (by its Message-ID) before sending it again; mail.resilient.retry.uncertain says whether this is done automatically.";

    private final FailureKind kind;
    private final RetryAdvice retry;
    private final String advice;

    NoReply(FailureKind kind, RetryAdvice retry, String advice) {
        this.kind = kind;
        this.retry = retry;
        this.advice = advice;
    }

    /**
     * Says what follows. A session without a reply is never used again: a retry takes a new one.
     *
     * @param phase the step that got no reply
     * @param finalDotSent whether the end of the message had been sent completely, as far as is known: {@code true}
     *     where that is in doubt
     * @return the classification, with {@link FailureKind#DELIVERY_UNCERTAIN} if the relay may have accepted a message;
     *     its rule id begins with {@code io:}
     */
    public Classification classify(SmtpPhase phase, boolean finalDotSent) {
        Objects.requireNonNull(phase, "phase");
        String token = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Classification(
                finalDotSent ? FailureKind.DELIVERY_UNCERTAIN : kind,
                finalDotSent ? Scope.MESSAGE : scope(phase),
                finalDotSent ? RetryAdvice.NO : retry,
                RetryHow.NEW_SESSION,
                Optional.<Duration>empty(),
                Optional.empty(),
                OptionalLong.empty(),
                finalDotSent ? "uncertain-" + token : token,
                "io:" + token,
                "RFC 5321 4.2.5",
                finalDotSent ? UNCERTAIN : advice);
    }

    /** Until the login is done, whatever fails will fail for every session; later, it may be this one only. */
    private static Scope scope(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT, EHLO, STARTTLS, AUTH -> Scope.SERVER;
            case MAIL, RCPT, DATA, BODY, END_OF_DATA, RSET, NOOP, QUIT, UNKNOWN -> Scope.SESSION;
        };
    }
}
