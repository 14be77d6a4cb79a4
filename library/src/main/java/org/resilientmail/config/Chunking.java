package org.resilientmail.config;

/**
 * Whether a message goes by {@code BDAT} (RFC 3030) where the relay announces {@code CHUNKING}; elsewhere it always goes by
 * {@code DATA}.
 */
public enum Chunking {

    /** By {@code DATA}. */
    OFF,

    /** By {@code BDAT}, once the relay has accepted sender and recipients (RFC 3030 section 2). */
    STRICT,

    /**
     * By {@code BDAT}; a message of moderate size together with sender and recipients, without waiting for their
     * acceptance: one round trip for a message. That departs from the letter of RFC 3030 section 2, and is done only where
     * the relay announces {@code PIPELINING} as well and the envelope may be delivered in part or has one recipient.
     */
    ONE_FLIGHT
}
