package org.resilientmail.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port at which connections are neither accepted nor refused, because the queue before it is full. */
public final class FullBacklog implements AutoCloseable {

    /** More than the smallest queue holds, on any system. */
    private static final int ENOUGH = 8;

    private final ServerSocket listener;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private FullBacklog(ServerSocket listener) {
        this.listener = listener;
    }

    /** Takes this port of the loopback address, which must be free. */
    public static FullBacklog at(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        FullBacklog full = new FullBacklog(listener);
        try {
            listener.setReuseAddress(true);
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            listener.bind(address, 1);
            for (int i = 0; i < ENOUGH; i++) {
                SocketChannel channel = SocketChannel.open();
                full.waiting.add(channel);
                channel.configureBlocking(false);
                channel.connect(address);
            }
            return full;
        } catch (IOException e) {
            full.close();
            throw e;
        }
    }

    /** Lets the port and all who wait at it go. */
    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        listener.close();
    }
}
