package org.resilientmail.reply;

/** The step of the SMTP conversation a reply answers (RFC 5321 section 3). */
public enum SmtpPhase {
    /** Opening the connection and the greeting. */
    CONNECT,
    /** {@code EHLO} or {@code HELO}. */
    EHLO,
    /** {@code STARTTLS} and the handshake after it (RFC 3207). */
    STARTTLS,
    /** {@code AUTH} and its continuations (RFC 4954). */
    AUTH,
    /** {@code MAIL FROM}. */
    MAIL,
    /** {@code RCPT TO}. */
    RCPT,
    /** {@code DATA}, up to the 354. */
    DATA,
    /** Within the message's bytes: the final dot, or the last {@code BDAT} chunk, has not been sent. */
    BODY,
    /** After the final dot or the last {@code BDAT} chunk: the relay may have accepted the message. */
    END_OF_DATA,
    /** {@code RSET}. */
    RSET,
    /** {@code NOOP}. */
    NOOP,
    /** {@code QUIT}. */
    QUIT,
    /** Not known, as with a transport that does not tell. */
    UNKNOWN
}
