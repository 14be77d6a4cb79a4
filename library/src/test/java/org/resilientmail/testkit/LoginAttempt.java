package org.resilientmail.testkit;

/**
 * One attempt to log in, with the verdict that the client was given. Holds no credentials. Immutable.
 *
 * @param session the session's number, from 1
 * @param mechanism such as {@code PLAIN}
 * @param user the name given; empty if the verdict came before a name, or the response was malformed
 * @param accepted whether the reply was positive
 * @param reply the reply, as given
 * @param nanoTime when, by {@link System#nanoTime()}
 */
public record LoginAttempt(int session, String mechanism, String user, boolean accepted, String reply, long nanoTime) {}
