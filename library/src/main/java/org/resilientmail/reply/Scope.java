package org.resilientmail.reply;

/** What a refusal is about, and so what else it will hit. */
public enum Scope {
    /** This recipient only. */
    RECIPIENT,
    /** This message, whoever it goes to. */
    MESSAGE,
    /** Every message of this sender address. */
    SENDER,
    /** This session; another one may do. */
    SESSION,
    /** Every session of this account. */
    ACCOUNT,
    /** The relay as a whole. */
    SERVER
}
