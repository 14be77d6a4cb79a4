package org.resilientmail.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A long line to a server on this machine: every octet arrives half a round trip after it was sent, however many are on
 * their way. A connection costs as it does over such a line: the server hears of it one and a half round trips later.
 */
final class DelayLine implements Closeable {

    private static final int ROUTE_TO_SERVER_HALVES = 3;

    private final ServerSocket entrance;
    private final int server;
    private final long halfNanos;
    private final ScheduledThreadPoolExecutor arrivals =
            new ScheduledThreadPoolExecutor(1, DelayLine.named("arrivals"));
    private final ExecutorService readers = Executors.newCachedThreadPool(named("reader"));
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Opens a line to a port of this machine, with round trips of this time. */
    DelayLine(int server, int roundTripMillis) throws IOException {
        this.server = server;
        halfNanos = TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
        entrance = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        readers.execute(this::accept);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, "delay-line-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                later(ROUTE_TO_SERVER_HALVES, () -> connect(client), client);
            }
        } catch (IOException closed) {
            arrivals.shutdownNow();
        }
    }

    private void connect(Socket client) throws IOException {
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(there);
        there.setTcpNoDelay(true);
        readers.execute(() -> carry(client, there));
        readers.execute(() -> carry(there, client));
    }

    private void carry(Socket from, Socket to) {
        byte[] read = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            int length = in.read(read);
            while (length >= 0) {
                byte[] octets = Arrays.copyOf(read, length);
                later(1, () -> to.getOutputStream().write(octets), to);
                length = in.read(read);
            }
            later(1, to::shutdownOutput, to);
        } catch (IOException reset) {
            later(1, to::close, to);
        }
    }

    private interface Arrival {
        void happen() throws IOException;
    }

    private void later(int halves, Arrival arrival, Socket at) {
        if (arrivals.isShutdown()) {
            return;
        }
        arrivals.schedule(
                () -> {
                    try {
                        arrival.happen();
                    } catch (IOException gone) {
                        close(at);
                    }
                },
                halves * halfNanos,
                TimeUnit.NANOSECONDS);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket could not be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        arrivals.shutdownNow();
        readers.shutdown();
        sockets.forEach(this::close);
    }
}
