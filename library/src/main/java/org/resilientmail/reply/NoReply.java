package org.resilientmail.reply;

/** placeholder until the reply branch is merged. */
public enum NoReply {
    UNKNOWN_HOST,
    CONNECT_REFUSED,
    CONNECT_TIMEOUT,
    TLS_HANDSHAKE,
    TLS_NOT_OFFERED,
    NO_AUTH_MECHANISM,
    CLOSED,
    RESET,
    TIMEOUT,
    WRITE_FAILED,
    GARBAGE;

    public Classification classify(SmtpPhase phase, boolean finalDotSent) {
        return ReplyClassifier.shipped().classify(phase, SmtpReply.parse(""));
    }
}
