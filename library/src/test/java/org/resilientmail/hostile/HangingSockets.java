package org.resilientmail.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * Sockets whose connecting never comes to an end, as with a firewall that drops everything, until they are closed.
 * Public, with a public method, because it is looked up by the class's name.
 */
public final class HangingSockets extends SocketFactory {

    /** Connects that hang now. */
    static final AtomicInteger HANGING = new AtomicInteger();

    /** What {@code socketFactory.class} asks for. */
    public static SocketFactory getDefault() {
        return new HangingSockets();
    }

    @Override
    public Socket createSocket() {
        return new Hanging();
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

    private static final class Hanging extends Socket {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            HANGING.incrementAndGet();
            boolean interrupted = false;
            while (closed.getCount() > 0) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    interrupted = true; // a connect heeds no interrupts
                }
            }
            HANGING.decrementAndGet();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new SocketException("Socket closed");
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            super.close();
        }
    }
}
