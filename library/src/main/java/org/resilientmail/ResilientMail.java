package org.resilientmail;

/**
 * The engine all transports of this class loader share: pools, limits and listeners. Safe for use by several threads.
 */
public final class ResilientMail {

    private ResilientMail() {}

    /**
     * Adds a listener for everything the transports of this class loader do from now on.
     *
     * @param listener the listener; adding it twice has no further effect
     */
    public static void addListener(DeliveryListener listener) {
        java.util.Objects.requireNonNull(listener, "listener");
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener; unknown ones are ignored
     */
    public static void removeListener(DeliveryListener listener) {
        java.util.Objects.requireNonNull(listener, "listener");
    }

    /**
     * Ends all idle sessions with QUIT and lets leased ones end after their send. Sends that begin later open new
     * sessions. For an orderly shutdown, and for redeployed web applications.
     */
    public static void closeAll() {}
}
