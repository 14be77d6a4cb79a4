package org.resilientmail.pool;

/**
 * Closes one session. Called without a lock held; must not throw.
 *
 * @param <S> the kind of session
 */
@FunctionalInterface
public interface SessionCloser<S> {

    /**
     * Closes the session, politely if it is in order.
     *
     * @param session the session
     * @param uses how often it was used
     * @param reason why it is closed
     */
    void close(S session, int uses, CloseReason reason);

    /**
     * Tells of a session that was closed, once its place is free and the caller whose doing it was has no lease any more:
     * whoever is told may lease in turn.
     *
     * @param uses how often it was used
     * @param reason why it was closed
     */
    default void closed(int uses, CloseReason reason) {}
}
