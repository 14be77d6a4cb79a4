package org.resilientmail.dropin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on the loopback address that leads to one server, whatever it is asked for. Speaks HTTP CONNECT and SOCKS 5. */
final class TunnelProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final int target;
    private final String answer;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param target the server's port
     * @param answer the first line of an answer to CONNECT; the connection stands if it has a 200
     */
    TunnelProxy(int target, String answer) throws IOException {
        this.target = target;
        this.answer = answer;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The heads of the requests, or the addresses asked for by SOCKS. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // one side has left
                    }
                },
                "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket("127.0.0.1", target)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.read();
            boolean leads = first == 5 ? socks(in, client.getOutputStream()) : http(first, in, client);
            if (leads) {
                start(() -> {
                    pump(server.getInputStream(), client.getOutputStream());
                    client.shutdownOutput();
                });
                pump(in, server.getOutputStream());
            }
        }
    }

    private boolean http(int first, InputStream in, Socket client) throws IOException {
        StringBuilder head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        asked.add(head.toString());
        String reply = answer + "\r\nVia: 1.1 test\r\n\r\n";
        client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
        return answer.contains(" 200");
    }

    private boolean socks(DataInputStream in, OutputStream out) throws IOException {
        in.readNBytes(in.read()); // the methods it can authenticate by
        out.write(new byte[] {5, 0});
        in.readNBytes(4); // version, CONNECT, reserved, IPv4
        InetAddress address = InetAddress.getByAddress(in.readNBytes(4));
        asked.add(address.getHostAddress() + ":" + in.readUnsignedShort());
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        return true;
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[4096];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
        }
    }
}
