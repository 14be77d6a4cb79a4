package org.resilientmail.hostile;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.resilientmail.testkit.UnconnectedSockets;

/**
 * Sockets whose connecting never comes to an end, as with a firewall that drops everything, until they are closed.
 * Public, with a public method, because it is looked up by the class's name.
 */
public final class HangingSockets extends UnconnectedSockets {

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
