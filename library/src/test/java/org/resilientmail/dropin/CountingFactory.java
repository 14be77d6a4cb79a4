package org.resilientmail.dropin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** Counts what it makes. Public, with a public constructor, because Angus makes one from the class's name. */
public final class CountingFactory extends SocketFactory {

    static final AtomicInteger BY_CLASS = new AtomicInteger();

    private final AtomicInteger made;

    public CountingFactory() {
        this(BY_CLASS);
    }

    CountingFactory(AtomicInteger made) {
        this.made = made;
    }

    public static SocketFactory getDefault() {
        return new CountingFactory();
    }

    @Override
    public Socket createSocket() {
        made.incrementAndGet();
        return new Socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        made.incrementAndGet();
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        made.incrementAndGet();
        return new Socket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        made.incrementAndGet();
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        made.incrementAndGet();
        return new Socket(host, port, local, localPort);
    }
}
