package org.resilientmail.testkit;

/** A place in the conversation at which the server can be told to behave otherwise. */
public enum Step {
    /** The connection stands; the greeting is due. With implicit TLS the handshake is over by then. */
    CONNECT,
    /** The client's hello is due, on an implicit TLS port or after STARTTLS. There is no reply here. */
    TLS_HANDSHAKE,
    /** EHLO or HELO. */
    EHLO,
    /** STARTTLS (RFC 3207). */
    STARTTLS,
    /** The AUTH command itself (RFC 4954). */
    AUTH,
    /** Every line the client sends after a 334. */
    AUTH_CONTINUE,
    /** MAIL FROM. */
    MAIL,
    /** RCPT TO. */
    RCPT,
    /** The DATA command; its ordinary reply is 354. */
    DATA,
    /** In the middle of the message, by DATA or BDAT, see {@link RuleBuilder#afterBytes}. There is no reply here. */
    BODY,
    /** A BDAT chunk that is not the last one has been read (RFC 3030). */
    CHUNK,
    /** The whole message has been read: the final dot, or the last BDAT chunk. */
    END_OF_DATA,
    /** RSET. */
    RSET,
    /** NOOP. */
    NOOP,
    /** QUIT. */
    QUIT;

    /** Whether the server owes the client a reply at this step. */
    boolean hasReply() {
        return this != TLS_HANDSHAKE && this != BODY;
    }
}
