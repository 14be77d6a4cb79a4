package org.resilientmail.reply;

/**
 * What went wrong, in the terms a sender can act on. One kind maps to one exception type; what follows from each kind
 * (retry, session, wait) is told by the {@link Classification} of the reply at hand.
 */
public enum FailureKind {
    /** The credentials, or the account behind them, were refused (RFC 4954 section 6). */
    AUTHENTICATION_FAILED,
    /** The sender's own plan, credits or daily cap are used up. */
    QUOTA_EXCEEDED,
    /** A short throttle: the same message passes when sent more slowly. */
    RATE_LIMITED,
    /** A bound of the session was reached: sessions at once, messages, lifetime, idle time. */
    SESSION_LIMIT,
    /** One recipient's address was refused. */
    RECIPIENT_REJECTED,
    /** One recipient's mailbox is full. */
    MAILBOX_FULL,
    /** More recipients than the relay takes in one envelope (RFC 5321 section 4.5.3.1.10). */
    TOO_MANY_RECIPIENTS,
    /** The envelope or header sender may not send, or is malformed. */
    SENDER_REJECTED,
    /** The message is larger than the relay takes (RFC 1870). */
    MESSAGE_TOO_LARGE,
    /** The message's content or structure was refused. */
    CONTENT_REJECTED,
    /** A policy, reputation or block list refused the message. */
    POLICY_BLOCKED,
    /** The relay wants TLS, or a newer TLS, first (RFC 3207). */
    TLS_REQUIRED,
    /** The relay, or the network on the way to it, does not work at the moment. */
    SERVER_UNAVAILABLE,
    /** The relay asks to come back later (greylisting). */
    DEFERRED,
    /** The conversation went out of step, or a command was not understood. */
    PROTOCOL_ERROR,
    /** No rule knows this reply; the class of its code decides. */
    UNKNOWN,
    /** The whole message was handed over and no reply came: it may have been accepted. */
    DELIVERY_UNCERTAIN
}
