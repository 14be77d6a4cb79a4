package org.resilientmail.example.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The relay as a server on a free port of the loopback interface, one thread per session. Thread-safe. */
public final class RelayFront implements AutoCloseable {

    private static final int BACKLOG = 128;

    private final Relay relay;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    private RelayFront(Relay relay, ServerSocket server) {
        this.relay = relay;
        this.server = server;
    }

    /**
     * Starts a relay.
     *
     * @param limits the limits it keeps
     * @param troubles what goes wrong besides
     * @param login the one user it knows
     * @param upstream where accepted messages go
     * @param clock the time for lifetimes, greylisting, throttling and blocking; idle time is real time
     * @return the running relay
     * @throws IOException if no port can be had
     */
    public static RelayFront start(
            RelayLimits limits, Troubles troubles, Login login, Upstream upstream, InstantSource clock)
            throws IOException {
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        RelayFront front = new RelayFront(Relay.of(limits, troubles, login, upstream, clock), server);
        front.threads.execute(front::accept);
        return front;
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.getLocalPort();
    }

    /** {@return what it has seen so far} */
    public RelayReport report() {
        return relay.ledger().report();
    }

    /** Stops listening and cuts the sessions that are left. */
    @Override
    public void close() {
        threads.shutdown();
        closeQuietly(server);
        open.forEach(RelayFront::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (RejectedExecutionException e) {
                // Closed between accept and here.
                open.forEach(RelayFront::closeQuietly);
            } catch (IOException e) {
                // Closed, or the connection was gone before it was taken: the loop's condition tells which.
                continue;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new RelaySession(relay, socket).run();
        } catch (IOException e) {
            // The sender left or we were closed: nobody is there to be told, and the session is released already.
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing on the way out; there is nothing left to save.
        }
    }
}
