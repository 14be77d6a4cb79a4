package org.resilientmail.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A client that says what it is told, right or wrong, and shows the octets that come back. For one thread. */
public final class RawClient implements AutoCloseable {

    private final Socket plain;
    private Socket socket;

    /** Connects; reads nothing yet. No read of its waits longer than ten seconds. */
    public RawClient(ScriptedSmtpServer server) throws IOException {
        plain = new Socket(server.host(), server.port());
        plain.setSoTimeout(10_000);
        plain.setTcpNoDelay(true);
        socket = plain;
    }

    /** Connects, reads the greeting, says EHLO and reads the answer. */
    public static RawClient greeted(ScriptedSmtpServer server) throws IOException {
        RawClient client = new RawClient(server);
        client.reply();
        client.ask("EHLO client.example.com");
        return client;
    }

    /** Does the client's side of a TLS handshake on the connection as it is. */
    public RawClient startTls() throws IOException {
        SSLSocket tls = (SSLSocket)
                TestCertificate.clientSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        socket = tls;
        return this;
    }

    /** Sends a line and reads the reply to it. */
    public String ask(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    /** Sends text as it is. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads one reply: all its lines, joined by line feeds; empty at the end of the stream. */
    public String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        while (true) {
            String line = rawLine();
            reply.append(line.stripTrailing());
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
            reply.append('\n');
        }
    }

    /** Reads up to and including the next line feed, or up to the end of the stream. */
    public String rawLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = socket.getInputStream().read()) >= 0) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads so many octets, or fewer at the end of the stream. */
    public String readExactly(int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), StandardCharsets.ISO_8859_1);
    }

    /** Reads everything up to the end of the stream. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads everything up to the end of the stream as it comes over the connection, whether TLS or not. */
    public String restBelowTls() throws IOException {
        return new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Whether nothing, not even the end of the stream, comes for so long. */
    public boolean hearsNothingFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
