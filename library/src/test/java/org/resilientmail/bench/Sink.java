package org.resilientmail.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes every message and keeps none: STARTTLS, AUTH PLAIN, PIPELINING, CHUNKING. A thread for each connection. Counts
 * round trips as the testkit's server does: a wait for the client after something was written.
 */
final class Sink implements Closeable {

    private final ServerSocket entrance = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sink");
        thread.setDaemon(true);
        return thread;
    });
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder messages = new LongAdder();

    Sink() throws IOException {
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** {@return all round trips so far} */
    long roundTrips() {
        return roundTrips.sum();
    }

    /** {@return all messages so far} */
    long messages() {
        return messages.sum();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = entrance.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new SinkSession(socket, roundTrips, messages).serve();
        } catch (IOException gone) {
            // a client that goes without a word is as welcome as any
            sockets.remove(socket);
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
