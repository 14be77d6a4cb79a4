package org.resilientmail.bench;

/** A way to send mail, set up for one case. Safe for use by as many threads as it was set up for. */
interface Peer {

    /** Sends one message, and returns when the sink has taken it. */
    @FunctionalInterface
    interface Sender {
        void send() throws Exception;
    }

    /** {@return what one thread sends with; called once by each thread} */
    Sender sender() throws Exception;

    /** Gives up connections and threads. */
    default void end() throws Exception {}
}
