package org.resilientmail;

/**
 * Is told what the transport does, for metrics and progress displays. Called on the sending thread or on the thread
 * that looks after idle sessions, never while a lock is held; it has to be quick and thread-safe. What it throws is
 * logged and does not touch the send.
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
