package org.resilientmail.example.relay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The lines and message data of SMTP on a socket (RFC 5321 section 2.3.8). Only CRLF ends a line. */
final class Wire {

    private static final int MAX_LINE = 4096;
    private static final byte[] CRLF = {'\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Data as read: {@code bytes} is cut at the limit, {@code size} is not. */
    record Data(byte[] bytes, long size) {}

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void send(String... lines) throws IOException {
        for (String line : lines) {
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            out.write(CRLF);
        }
        out.flush();
    }

    /** Sends data whose dots are already doubled, and the final dot. */
    void sendData(byte[] stuffed) throws IOException {
        out.write(stuffed);
        send(".");
    }

    /** {@return the next line without its end, or {@code null} at the end of the stream} */
    String readLine() throws IOException {
        byte[] line = readRaw(MAX_LINE);
        return line == null ? null : new String(line, 0, line.length - CRLF.length, StandardCharsets.ISO_8859_1);
    }

    /** Reads up to the final dot; the dots stay doubled. What is over the limit is read and dropped. */
    Data readData(long limit) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long size = 0;
        while (true) {
            byte[] line = readRaw(limit + MAX_LINE);
            if (line == null) {
                throw new EOFException("the sender left within the message");
            }
            if (line.length == 3 && line[0] == '.') {
                return new Data(kept.toByteArray(), size);
            }
            size += line[0] == '.' ? line.length - 1 : line.length;
            if (size <= limit) {
                kept.writeBytes(line);
            }
        }
    }

    private byte[] readRaw(long limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int previous = -1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (previous == '\r' && b == '\n') {
                return line.toByteArray();
            }
            if (line.size() > limit) {
                throw new IOException("a line of more than " + limit + " octets");
            }
            previous = b;
        }
        return null;
    }
}
