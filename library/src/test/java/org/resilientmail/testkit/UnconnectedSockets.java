package org.resilientmail.testkit;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** A socket factory of an application's own that is only ever asked for sockets which are connected afterwards. */
public abstract class UnconnectedSockets extends SocketFactory {

    /** For a factory without anything special. */
    protected UnconnectedSockets() {}

    @Override
    public abstract Socket createSocket();

    @Override
    public final Socket createSocket(String host, int port) {
        throw new AssertionError("asked for a connected socket");
    }

    @Override
    public final Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new AssertionError("asked for a connected socket");
    }

    @Override
    public final Socket createSocket(InetAddress host, int port) {
        throw new AssertionError("asked for a connected socket");
    }

    @Override
    public final Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new AssertionError("asked for a connected socket");
    }
}
