package org.resilientmail.pool;

/**
 * Opens a session of the same key before the one in use has come to its end, where the pool asks for it. All of it is
 * called without a lock held.
 *
 * @param <S> the kind of session
 */
public interface NextSession<S> {

    /**
     * Whether one may be opened now that nobody needs yet. Called on the thread of a sender: it must not block or throw.
     *
     * @return whether it may
     */
    boolean isWelcome();

    /**
     * Opens it, on a thread of its own that has the sender's context class loader.
     *
     * @return the session, ready for use; never {@code null}
     * @throws Exception if it could not be opened; nothing stays open then
     */
    S open() throws Exception;

    /**
     * Takes note of the session, on that same thread. The lease is given back afterwards.
     *
     * @param lease a lease of it
     */
    void opened(Lease<S> lease);

    /**
     * Takes note that it could not be opened, on that same thread, when its place is free again.
     *
     * @param why what {@link #open()} threw
     */
    void failed(Exception why);
}
