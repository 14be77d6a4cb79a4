package org.resilientmail.matrix;

/** How the connection is secured. */
enum Security {
    /** Not at all. */
    PLAIN,
    /** By STARTTLS (RFC 3207), which the client insists on. */
    STARTTLS,
    /** From the first byte (RFC 8314). */
    IMPLICIT_TLS
}
