package org.resilientmail;

/**
 * Is told what the transport does, for metrics and progress displays. Called on the sending thread or on the thread
 * that looks after idle sessions, never while a lock is held; it has to be quick and thread-safe. What it throws is
 * logged and does not touch the send.
 *
 * <p>It may send in its turn, over the same account too: but for {@link DeliveryEvent.Waiting}, which is told in the
 * middle of a wait, no event is told by a thread that holds a session or a place for one. For that, what happens to a
 * session while it is in use is told when that use is over.
 */
@FunctionalInterface
public interface DeliveryListener {

    /**
     * Called for every event.
     *
     * @param event what happened
     */
    void on(DeliveryEvent event);
}
