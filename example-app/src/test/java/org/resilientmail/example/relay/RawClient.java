package org.resilientmail.example.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A sender that says what it is told to and shows the bare replies. */
final class RawClient implements AutoCloseable {

    static final Login LOGIN = new Login("news@example.org", "right");

    private final Socket socket;
    private final Wire wire;

    private RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        wire = new Wire(socket);
        wire.timeout(10_000);
    }

    /** A client that has read the greeting. */
    static RawClient connect(RelayFront front) throws IOException {
        RawClient client = new RawClient(front.port());
        client.read();
        return client;
    }

    /** A client that has logged in. */
    static RawClient login(RelayFront front) throws IOException {
        RawClient client = connect(front);
        String reply = client.authPlain(LOGIN.user(), LOGIN.password());
        if (!reply.startsWith("235")) {
            throw new IllegalStateException(reply);
        }
        return client;
    }

    /** Says a line and returns the last line of the reply. */
    String say(String line) throws IOException {
        wire.send(line);
        return read();
    }

    String authPlain(String user, String password) throws IOException {
        return say("AUTH PLAIN " + base64("\0" + user + "\0" + password));
    }

    /** Sends a whole message to one recipient and returns the first reply that is not positive, else the last. */
    String send(String recipient) throws IOException {
        String[] commands = {"MAIL FROM:<news@example.org>", "RCPT TO:<" + recipient + ">", "DATA"};
        for (String command : commands) {
            String reply = say(command);
            if (reply.charAt(0) > '3') {
                return reply;
            }
        }
        return data("From: news@example.org\r\n\r\nhello\r\n");
    }

    String data(String message) throws IOException {
        wire.sendData(message.getBytes(StandardCharsets.UTF_8));
        return read();
    }

    /** The last line of the next reply, or {@code null} where the relay closed. */
    String read() throws IOException {
        String line = wire.readLine();
        while (line != null && line.charAt(3) == '-') {
            line = wire.readLine();
        }
        return line;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
