package org.resilientmail.reply;

/** How a retry has to be made to have a chance. */
public enum RetryHow {
    /** On the same session. */
    SAME_SESSION,
    /** On another session; the one that got the reply is closed. */
    NEW_SESSION,
    /** In several envelopes with fewer recipients each. */
    SPLIT
}
