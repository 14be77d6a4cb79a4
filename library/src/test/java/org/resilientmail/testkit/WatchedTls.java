package org.resilientmail.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A TLS factory of an application's own that trusts the server, and remembers what it was asked for. Thread-safe. */
public final class WatchedTls extends SSLSocketFactory {

    private final SSLSocketFactory javas = TestCertificate.clientSocketFactory();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<Socket> below = new CopyOnWriteArrayList<>();
    private final List<SSLSocket> sockets = new CopyOnWriteArrayList<>();

    /** The names it was told. */
    public List<String> hosts() {
        return hosts;
    }

    /** The sockets it was given to put TLS on. */
    public List<Socket> below() {
        return below;
    }

    /** The sockets it made. */
    public List<SSLSocket> sockets() {
        return sockets;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        hosts.add(host);
        below.add(plain);
        SSLSocket made = (SSLSocket) javas.createSocket(plain, host, port, autoClose);
        sockets.add(made);
        return made;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return javas.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return javas.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
