package org.resilientmail.pool;

/**
 * A session that nobody can be given any more and that has to be closed, without the lock. Its place stays taken until
 * then.
 *
 * @param slot its place
 * @param reason why it is closed
 */
record Ending<S>(Slot<S> slot, CloseReason reason) {}
