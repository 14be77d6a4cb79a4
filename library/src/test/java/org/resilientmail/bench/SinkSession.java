package org.resilientmail.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocket;
import org.resilientmail.testkit.TestCertificate;

/** One connection to the sink. Replies to commands that came together leave together. Confined to its thread. */
final class SinkSession {

    private static final String EXTENSIONS =
            "250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n";
    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket raw;
    private final LongAdder roundTrips;
    private final LongAdder messages;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private final byte[] buffer = new byte[1 << 16];
    private InputStream in;
    private OutputStream out;
    private int position;
    private int end;
    private boolean secure;

    SinkSession(Socket raw, LongAdder roundTrips, LongAdder messages) throws IOException {
        this.raw = raw;
        this.roundTrips = roundTrips;
        this.messages = messages;
        raw.setTcpNoDelay(true);
        in = raw.getInputStream();
        out = raw.getOutputStream();
    }

    void serve() throws IOException {
        reply("220 sink.example.com ESMTP");
        String command = command();
        while (!verb(command).equals("QUIT")) {
            answer(command);
            command = command();
        }
        reply("221 2.0.0 Bye");
        flush();
    }

    private void answer(String command) throws IOException {
        String verb = verb(command);
        switch (verb) {
            case "EHLO" ->
                reply("250-sink.example.com\r\n" + EXTENSIONS + (secure ? "250 AUTH PLAIN" : "250 STARTTLS"));
            case "STARTTLS" -> startTls();
            case "AUTH" -> reply(isPassword(command) ? "235 2.7.0 Accepted" : "535 5.7.8 Bad credentials");
            case "BDAT" -> chunk(command.split(" "));
            case "DATA" -> {
                reply("354 Go ahead");
                skipToDot();
                taken();
            }
            default -> reply("250 2.0.0 OK");
        }
    }

    private static String verb(String command) {
        return command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** With an identity to act as in front, or without. */
    private static boolean isPassword(String command) {
        byte[] login = Base64.getDecoder().decode(command.substring(command.lastIndexOf(' ') + 1));
        return new String(login, StandardCharsets.US_ASCII).endsWith("\0" + Target.USER + "\0" + Target.PASSWORD);
    }

    private void chunk(String[] words) throws IOException {
        skip(Long.parseLong(words[1]));
        if (words.length > 2) {
            taken();
        } else {
            reply("250 2.0.0 OK");
        }
    }

    private void taken() {
        messages.increment();
        reply("250 2.0.0 Queued");
    }

    private void startTls() throws IOException {
        reply("220 2.0.0 Ready");
        flush();
        SSLSocket socket = (SSLSocket)
                TestCertificate.serverContext().getSocketFactory().createSocket(raw, Target.HOST, raw.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        in = socket.getInputStream();
        out = socket.getOutputStream();
        secure = true;
    }

    private void reply(String text) {
        replies.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void flush() throws IOException {
        if (replies.size() > 0) {
            replies.writeTo(out);
            out.flush();
            replies.reset();
        }
    }

    private String command() throws IOException {
        line.setLength(0);
        int octet = next();
        while (octet != '\n') {
            line.append((char) octet);
            octet = next();
        }
        return line.toString().strip();
    }

    private int next() throws IOException {
        fill();
        return buffer[position++];
    }

    private void skip(long octets) throws IOException {
        long left = octets;
        while (left > 0) {
            fill();
            int now = (int) Math.min(left, end - position);
            position += now;
            left -= now;
        }
    }

    private void skipToDot() throws IOException {
        int matched = 2; // the end of the command is a line end, too
        while (matched < END.length) {
            int octet = next();
            matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
    }

    /** What is on its way is worth no reply of its own: it was not waited for. */
    private void fill() throws IOException {
        if (position < end) {
            return;
        }
        if (raw.getInputStream().available() == 0) {
            if (replies.size() > 0) {
                roundTrips.increment(); // before the client can know
            }
            flush();
        }
        position = 0;
        end = in.read(buffer);
        if (end < 0) {
            end = 0;
            throw new EOFException();
        }
    }
}
