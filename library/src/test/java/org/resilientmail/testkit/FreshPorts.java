package org.resilientmail.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ports no server of this JVM had a moment ago. The operating system gives a port that was closed to whoever asks next;
 * but what is known of a relay (a refused password, replies out of step) is rightly kept by host and port for a time,
 * and what one test taught must not meet the server of the next. Thread-safe.
 */
public final class FreshPorts {

    /** More servers than a time of rest sees, and few enough that a free port is found at once among some 14,000. */
    private static final int REMEMBERED = 6_000;

    private static final Set<Integer> GIVEN = new LinkedHashSet<>();

    private FreshPorts() {}

    /** Listens on one. */
    public static ServerSocket listen(int backlog) throws IOException {
        while (true) {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(ScriptedSmtpServer.loopback(0), backlog);
            if (isFresh(socket.getLocalPort())) {
                return socket;
            }
            socket.close();
        }
    }

    private static synchronized boolean isFresh(int port) {
        if (!GIVEN.add(port)) {
            return false;
        }
        if (GIVEN.size() > REMEMBERED) {
            GIVEN.remove(GIVEN.iterator().next());
        }
        return true;
    }
}
