package org.resilientmail.pool;

/**
 * Opens one session. Called without a lock held.
 *
 * @param <S> the kind of session
 * @param <X> what opening throws
 */
@FunctionalInterface
public interface SessionFactory<S, X extends Exception> {

    /**
     * Opens a session.
     *
     * @return the session, ready for use; never {@code null}
     * @throws X if it could not be opened; nothing stays open then
     */
    S open() throws X;
}
