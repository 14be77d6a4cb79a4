package org.resilientmail.example.relay;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Hands messages on over SMTP with AUTH PLAIN, one connection per message. It has its own few lines of SMTP, so that
 * the bytes pass through unchanged and no mail provider on the class path has a part in it.
 */
public final class SmtpUpstream implements Upstream {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final InetSocketAddress address;
    private final Login login;

    /**
     * Names the server; no connection is made yet.
     *
     * @param address where it listens
     * @param login the credentials
     */
    public SmtpUpstream(InetSocketAddress address, Login login) {
        this.address = Objects.requireNonNull(address, "address");
        this.login = Objects.requireNonNull(login, "login");
    }

    @Override
    public void deliver(String sender, List<String> recipients, byte[] data) throws IOException {
        try (Socket socket = new Socket()) {
            Wire wire = connect(socket);
            command(wire, "EHLO relay.example.org", '2');
            command(wire, "AUTH PLAIN " + plain(), '2');
            command(wire, "MAIL FROM:<" + sender + ">", '2');
            for (String recipient : recipients) {
                command(wire, "RCPT TO:<" + recipient + ">", '2');
            }
            command(wire, "DATA", '3');
            wire.sendData(data);
            expect(wire, '2');
            wire.send("QUIT");
        }
    }

    private Wire connect(Socket socket) throws ConnectException {
        try {
            socket.connect(address, TIMEOUT_MILLIS);
            Wire wire = new Wire(socket);
            wire.timeout(TIMEOUT_MILLIS);
            expect(wire, '2');
            return wire;
        } catch (IOException e) {
            ConnectException unreachable = new ConnectException("upstream unreachable: " + e.getMessage());
            unreachable.initCause(e);
            throw unreachable;
        }
    }

    private String plain() {
        byte[] token = ("\0" + login.user() + "\0" + login.password()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(token);
    }

    private static void command(Wire wire, String line, char replyClass) throws IOException {
        wire.send(line);
        expect(wire, replyClass);
    }

    private static void expect(Wire wire, char replyClass) throws IOException {
        String line = wire.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = wire.readLine();
        }
        if (line == null || line.isEmpty() || line.charAt(0) != replyClass) {
            throw new IOException("upstream answered " + line);
        }
    }
}
