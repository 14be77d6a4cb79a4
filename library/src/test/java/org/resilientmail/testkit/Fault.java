package org.resilientmail.testkit;

/**
 * What the server does at a {@link Step} instead of what it ordinarily does.
 *
 * <p>A fault that gives a reply takes its text from the rule, or gives the ordinary reply of the step when the rule has
 * none. The code of that reply decides whether the server does what the client asked: a scripted {@code 250} to the
 * final dot accepts the message, a scripted {@code 451} does not.
 */
public enum Fault {
    /** Another reply, one line or several; the session goes on, even after 421. */
    REPLY,
    /** Another reply, then the end of the connection. */
    REPLY_THEN_CLOSE,
    /** No reply; the connection is ended in order (FIN, and close_notify under TLS). */
    CLOSE,
    /** No reply; the connection is reset (RST). */
    RESET,
    /**
     * No reply until {@link Rule#release()}; then the ordinary thing happens, late. At {@link Step#STARTTLS} and
     * {@link Step#TLS_HANDSHAKE} the session ends then. At {@link Step#BODY} the server does not read either, so that
     * the client's writes come to a halt; that the client left is noticed only after the release.
     */
    SILENCE,
    /** Bytes that are no SMTP reply, of all values; the client's request is not done. */
    GARBAGE,
    /** The first half of a reply without its line end, then the end of the connection. The request is not done. */
    HALF_LINE,
    /** The first half of a reply; the rest, and the doing, come after {@link Rule#release()}. */
    HALF_LINE_THEN_SILENCE,
    /** The ordinary reply and, in the same write, the rule's reply that nobody asked for; the session goes on. */
    TWO_REPLIES,
    /**
     * The ordinary reply and, in the same write, a 421 (or the rule's reply), then the end of the connection: what the
     * client reads as the answer to its next command was there before.
     */
    STALE_REPLY_BEFORE,
    /** A reply written byte by byte, each flushed, with a pause between them. */
    SLOW_DRIP,
    /** A reply whose lines end in LF alone. */
    BARE_LF,
    /** A reply with a last line of more than 100 KB. */
    LONG_LINE,
    /** A first line with code 250 before the lines of the reply; {@code 550} unless the rule says otherwise. */
    CODE_CHANGE_IN_MULTILINE,
    /** A reply in plain text under TLS, then the end of the connection without close_notify, as Exim with GnuTLS does. */
    PLAINTEXT_IN_TLS,
    /** The request is done and accounted, the connection is ended in order, the reply is never sent. */
    ACCEPT_THEN_CLOSE,
    /** The request is done and accounted, the connection is reset, the reply is never sent. */
    ACCEPT_THEN_RESET,
    /** The request is done and accounted; its reply is sent only after {@link Rule#release()}. */
    ACCEPT_THEN_SILENCE;

    /** The length to which {@link #LONG_LINE} pads. */
    static final int LONG_LINE_LENGTH = 100 * 1024;

    /** Whether a rule with this fault makes sense where no reply is owed and the rule has no text, or has one. */
    public boolean fits(Step step, boolean hasText) {
        return switch (this) {
            case REPLY, REPLY_THEN_CLOSE -> hasText && step != Step.TLS_HANDSHAKE;
            case TWO_REPLIES -> hasText && step.hasReply();
            case STALE_REPLY_BEFORE, ACCEPT_THEN_CLOSE, ACCEPT_THEN_RESET, ACCEPT_THEN_SILENCE -> step.hasReply();
            case CLOSE, RESET, SILENCE, GARBAGE -> true;
            case CODE_CHANGE_IN_MULTILINE, PLAINTEXT_IN_TLS -> step != Step.TLS_HANDSHAKE;
            case HALF_LINE, SLOW_DRIP, BARE_LF, LONG_LINE -> step.hasReply() || (hasText && step != Step.TLS_HANDSHAKE);
            case HALF_LINE_THEN_SILENCE -> step.hasReply();
        };
    }
}
