package org.resilientmail.flight;

import jakarta.mail.Session;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.resilientmail.testkit.FreshPorts;

/** A relay that is made of one method, and so can get anything wrong. Each connection has a thread of its own. */
final class RawRelay implements AutoCloseable {

    /** How it holds a session. */
    interface Manners {

        /** Holds one session, to its end. */
        void hold(Line line, int session) throws IOException;
    }

    /** The messages it has taken, with what it was told of their recipients, in the order in which it took them. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    /** All lines it heard, over all sessions. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private volatile int sessions;

    RawRelay(Manners manners) {
        try {
            listener = FreshPorts.listen(50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                int number = ++sessions;
                start(() -> {
                    try (socket) {
                        socket.setTcpNoDelay(true);
                        manners.hold(new Line(socket), number);
                    }
                });
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // the client left, or the test is over
                    }
                },
                "raw-relay");
        thread.setDaemon(true);
        thread.start();
    }

    int sessions() {
        return sessions;
    }

    /** A Session that sends to it, with these settings beside the usual ones. */
    Session session(String... namesAndValues) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", listener.getInetAddress().getHostAddress());
        properties.put("mail.smtp.port", Integer.toString(listener.getLocalPort()));
        properties.put("mail.smtp.localhost", "client.example.com");
        properties.put("mail.smtp.timeout", "5000");
        properties.put("mail.resilient.retry.initial-wait", "1ms");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Session.getInstance(properties);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One session's connection. */
    final class Line {

        final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** Greets, and announces these extensions. */
        void greet(String... extensions) throws IOException {
            say("220 mx.example.com ESMTP");
            hear();
            say("250-mx.example.com");
            for (String extension : extensions) {
                say("250-" + extension);
            }
            say("250 HELP");
        }

        /** The next line, or {@code null} at the end. */
        String hear() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    heard.add(line.toString());
                    return line.toString();
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return null;
        }

        void say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        /** Reads a message by DATA, and takes it. */
        void takeDotted(String recipients) throws IOException {
            for (String line = hear(); line != null && !line.equals("."); line = hear()) {
                continue;
            }
            taken.add(recipients);
        }

        /** Reads the octets that BDAT announced. */
        void skip(String bdat) throws IOException {
            in.readNBytes(Integer.parseInt(bdat.split(" ")[1]));
        }

        /** Does what everybody does from here on; the reply to each command but those to a whole message. */
        void serve() throws IOException {
            StringBuilder to = new StringBuilder();
            for (String command = hear(); command != null; command = hear()) {
                switch (command.split("[ :]")[0]) {
                    case "MAIL", "RSET", "NOOP" -> {
                        to.setLength(0);
                        say("250 2.0.0 Ok");
                    }
                    case "RCPT" -> {
                        to.append(command.substring(8));
                        say("250 2.1.5 Ok");
                    }
                    case "DATA" -> {
                        say("354 Go on");
                        takeDotted(to.toString());
                        say("250 2.0.0 Ok");
                    }
                    case "BDAT" -> {
                        skip(command);
                        taken.add(to.toString());
                        say("250 2.0.0 Ok");
                    }
                    case "QUIT" -> {
                        say("221 2.0.0 Bye");
                        return;
                    }
                    default -> say("502 5.5.1 Command not implemented");
                }
            }
        }
    }
}
