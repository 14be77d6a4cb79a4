package org.resilientmail.config;

/** What to do when the server may have accepted a message but its answer never came. */
public enum UncertainPolicy {
    /** Tell the caller, and send nothing again: the message can be lost, but it is never sent twice. */
    FAIL,
    /** Send it again: the message can arrive twice, but it is not lost. */
    RESEND
}
