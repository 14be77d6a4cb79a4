package org.resilientmail.matrix;

/** Which session the message meets. */
enum Age {
    /** None is there: one is opened for this message. */
    FRESH,
    /**
     * One that carried a message before and stands in the pool. At the steps of opening a session, where a pooled one
     * has none of its own, it was lost while it stood idle, so that the message finds it dead and opens another.
     */
    POOLED
}
