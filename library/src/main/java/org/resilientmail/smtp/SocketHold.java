package org.resilientmail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.resilientmail.reply.NoReply;

/**
 * Keeps hold of the TCP socket under a session, from before it connects: the wait for the reply to the final dot needs a
 * longer time-out than the others, and whatever hangs, be it a connect, a handshake or a read, is ended by closing it.
 * Closing TLS instead would say goodbye first, and might wait for that. Thread-safe.
 */
final class SocketHold implements Deadline.Work {

    private static final int LEAVING_MILLIS = 250;

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

    /**
     * Whether nothing has come that was not read, TLS' own words among it, such as that the other side closes: as far as
     * that can be said without waiting, and by a socket that is not itself TLS.
     */
    boolean isSilent() {
        Socket current = socket;
        try {
            return current != null
                    && !(current instanceof SSLSocket)
                    && current.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void breakOff(NoReply why) {
        cut();
    }

    /** Ends the connection without a word, also one that is only being made. */
    void cut() {
        cut = true;
        Socket current = socket;
        if (current != null) {
            close(current);
        }
    }

    /**
     * Ends the connection, but lets the relay end its side first, if it does so soon: until then it counts the session,
     * and its place is another's as soon as we have done with it.
     */
    void leave() {
        Socket current = socket;
        try {
            if (current == null || !current.isConnected() || current instanceof SSLSocket) {
                cut(); // nothing to tell, or not without waiting
                return;
            }
            TimeOuts.watch().schedule(this::cut, LEAVING_MILLIS, TimeUnit.MILLISECONDS);
            current.shutdownOutput();
        } catch (IOException | RejectedExecutionException | OutOfMemoryError e) {
            cut();
        }
    }

    /** After {@link #leave()}: returns when the relay has ended its side, or was given up. */
    void awaitEnd() {
        try {
            InputStream in = socket.getInputStream();
            byte[] dropped = new byte[1024];
            while (in.read(dropped) >= 0) {
                continue;
            }
        } catch (IOException e) {
            // It is over, one way or the other.
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
