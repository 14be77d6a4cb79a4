package org.resilientmail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The connection as Angus sees it: one socket from the greeting to the end, whose inside is exchanged for TLS on the
 * way. So the replies can be looked at above TLS, while the TLS socket stays exactly the one that the application's, or
 * Java's, factory made. Used by one thread.
 */
final class SmtpSocket extends Socket {

    private final String host;
    private final ReplyStream replies;
    private Socket inner;
    private final GatheredOutput out;

    /**
     * @param host the relay's name, which stays the name of the connection, whatever address it led to
     * @param inner connected, and secured where TLS comes first
     */
    SmtpSocket(String host, Socket inner) throws IOException {
        this.host = host;
        this.inner = inner;
        this.replies = new ReplyStream(inner.getInputStream());
        this.out = new GatheredOutput(inner.getOutputStream());
    }

    /** Goes on within TLS, as the properties with the prefix want it. What was said in plain text after the reply to STARTTLS is dropped (RFC 3207 section 6). */
    void secure(Properties properties, String prefix) throws IOException {
        inner = TrustedByName.startTls(inner, host, properties, prefix);
        out.continueWith(inner.getOutputStream());
        replies.continueWith(inner.getInputStream());
    }

    boolean isSecure() {
        return inner instanceof SSLSocket;
    }

    /** What TLS agreed upon; empty for a connection that is not secured. */
    Optional<SSLSession> tls() {
        SSLSession session = inner instanceof SSLSocket secured ? secured.getSession() : null;
        return session != null && session.isValid() ? Optional.of(session) : Optional.empty();
    }

    ReplyStream replies() {
        return replies;
    }

    @Override
    public InputStream getInputStream() {
        return replies;
    }

    GatheredOutput commands() {
        return out;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    /** The relay's address, under the name it was asked for by: Angus would look up one of its own. */
    @Override
    public InetAddress getInetAddress() {
        InetAddress address = inner.getInetAddress();
        try {
            return InetAddress.getByAddress(host, address == null ? new byte[4] : address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // an address has 4 or 16 bytes
        }
    }

    @Override
    public int getPort() {
        return inner.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return inner.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return inner.getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return inner.getLocalSocketAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return inner.getRemoteSocketAddress();
    }

    @Override
    public boolean isBound() {
        return inner.isBound();
    }

    @Override
    public boolean isConnected() {
        return inner.isConnected();
    }

    @Override
    public boolean isClosed() {
        return inner.isClosed();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        inner.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return inner.getSoTimeout();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
