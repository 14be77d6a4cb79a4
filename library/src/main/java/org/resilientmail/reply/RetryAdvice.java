package org.resilientmail.reply;

/** Whether trying again can help. */
public enum RetryAdvice {
    /** The same attempt fails the same way: something has to be changed first. */
    NO,
    /** Worth another attempt within this call. */
    YES,
    /** Worth another attempt, but not within a call: after minutes, hours or the period's end. */
    LATER
}
