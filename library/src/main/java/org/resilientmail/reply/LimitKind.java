package org.resilientmail.reply;

/** The limit a reply speaks of, so that it can be learned and kept from then on. */
public enum LimitKind {
    /** Recipients in one envelope. */
    RECIPIENTS_PER_MESSAGE,
    /** Messages in one session. */
    MESSAGES_PER_SESSION,
    /** The age of a session. */
    SESSION_LIFETIME,
    /** The time a session may stand idle. */
    SESSION_IDLE,
    /** Sessions at once. */
    SESSIONS_AT_ONCE,
    /** The size of a message, in octets. */
    MESSAGE_SIZE,
    /** The bytes one session may transfer. */
    BYTES_PER_SESSION
}
