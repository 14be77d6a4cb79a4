package org.resilientmail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Keeps hold of the TCP socket under a session, which Angus does not give out: the wait for the reply to the final dot
 * needs a longer time-out than the others, and a session given up has to be cut without a word.
 *
 * <p>TLS is left entirely to Angus: only the plain socket below it passes through here.
 */
final class SocketTap extends SocketFactory {

    private final SocketFactory applications;
    private final boolean leaveToAngus;
    private volatile Socket socket;
    private volatile boolean cut;

    /**
     * @param applications the application's own factory, or {@code null}
     * @param leaveToAngus whether Angus has to make the socket itself (SOCKS, socket channels)
     */
    SocketTap(SocketFactory applications, boolean leaveToAngus) {
        this.applications = applications;
        this.leaveToAngus = leaveToAngus;
    }

    /** Sets the time-out of reads that begin from now on; without effect when the socket is not ours. */
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

    /** Bytes received so far; -1 when unknown, because the socket is the application's own. */
    long received() {
        return socket instanceof CountingSocket counting ? counting.received() : -1;
    }

    /** Whether the peer is known to have ended its side. */
    boolean hasEnded() {
        return socket instanceof CountingSocket counting && counting.hasEnded();
    }

    /** Ends the connection without a word. */
    void cut() {
        cut = true; // for a socket that is only being made
        Socket current = socket;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It is as closed as it can be.
            }
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        if (applications != null) {
            return remember(applications.createSocket());
        }
        if (leaveToAngus) {
            return null; // Angus makes one when a factory has none.
        }
        Socket plain = new CountingSocket();
        // Commands are small and each waits for its reply: without this, delayed acknowledgements stall the dialogue.
        plain.setTcpNoDelay(true);
        return remember(plain);
    }

    private Socket remember(Socket made) throws IOException {
        socket = made;
        if (cut) {
            made.close();
        }
        return made;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return remember(delegate().createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return remember(delegate().createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return remember(delegate().createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return remember(delegate().createSocket(address, port, localAddress, localPort));
    }

    private SocketFactory delegate() {
        return applications == null ? SocketFactory.getDefault() : applications;
    }
}
