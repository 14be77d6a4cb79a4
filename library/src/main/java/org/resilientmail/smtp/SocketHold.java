package org.resilientmail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * Keeps hold of the TCP socket under a session, from before it connects: the wait for the reply to the final dot needs a
 * longer time-out than the others, and whatever hangs, be it a connect, a handshake or a read, is ended by closing it.
 * Closing TLS instead would say goodbye first, and might wait for that. Thread-safe.
 */
final class SocketHold {

    private volatile Socket socket;
    private volatile boolean cut;

    /**
     * Takes hold of a socket, in place of the one before.
     *
     * @throws SocketException if all is over already; the socket is closed then
     */
    void take(Socket made) throws IOException {
        socket = made;
        if (cut) {
            made.close();
            throw new SocketException("The connection was given up");
        }
    }

    boolean isCut() {
        return cut;
    }

    /** Sets the time-out of reads that begin from now on. */
    void readTimeout(int millis) {
        Socket current = socket;
        if (current != null) {
            try {
                current.setSoTimeout(millis);
            } catch (SocketException closed) {
                // The next read will tell.
            }
        }
    }

    /** The time-out in force, or -1 when unknown. */
    int readTimeout() {
        Socket current = socket;
        try {
            return current == null ? -1 : current.getSoTimeout();
        } catch (SocketException closed) {
            return -1;
        }
    }

    /** Ends the connection without a word, also one that is only being made. */
    void cut() {
        cut = true;
        Socket current = socket;
        if (current != null) {
            close(current);
        }
    }

    /** Closes a socket of which nothing is wanted any more. */
    static void close(Socket unwanted) {
        try {
            unwanted.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
