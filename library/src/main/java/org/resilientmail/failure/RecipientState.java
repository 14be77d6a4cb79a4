package org.resilientmail.failure;

/** How one recipient of a send ended. Every recipient of every call ends as one of these. */
public enum RecipientState {
    /** The relay accepted the message for this recipient. */
    SENT,
    /** Not sent, and certainly so: sending to it again cannot deliver twice. */
    UNSENT,
    /** The relay refused this recipient, or everything this recipient was part of, for good. */
    REJECTED,
    /** The message was handed over and no reply came: sending to it again may deliver twice. */
    UNCERTAIN
}
