package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MessageRejected;
import org.resilientmail.testkit.FreshPorts;
import org.resilientmail.testkit.Messages;

/** A reply that nobody asked for, said to a session that stands idle: too late to be read along with the one before. */
@Timeout(60)
class RepliesFromNowhereTest {

    private static final String REFUSAL = "552 5.3.4 Message too big";

    private final Relay relay = new Relay();

    @AfterEach
    void endAll() throws IOException {
        ResilientMail.closeAll();
        relay.listener.close();
    }

    private Session session(String chunks) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", relay.listener.getInetAddress().getHostAddress());
        properties.put("mail.smtp.port", Integer.toString(relay.listener.getLocalPort()));
        properties.put("mail.smtp.localhost", "client.example.com");
        properties.put("mail.smtp.chunksize", chunks);
        properties.put("mail.smtp.timeout", "5000");
        properties.put("mail.resilient.retry.initial-wait", "1ms");
        return Session.getInstance(properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100000"})
    void it_does_not_stand_for_the_verdict_on_the_next_message(String chunks) throws Exception {
        Session session = session(chunks);
        assertThat(Attempt.of(Messages.to(session, "a@example.com")).thrown()).isEmpty();
        relay.current.sayUnasked("250 2.0.0 Ok");
        relay.verdict = REFUSAL;
        assertThat(Attempt.of(Messages.to(session, "b@example.com")).failure())
                .isInstanceOf(MessageRejected.class)
                .asString()
                .contains(REFUSAL);
    }

    @Test
    void it_does_not_harm_the_next_message_either() throws Exception {
        Session session = session("-1");
        assertThat(Attempt.of(Messages.to(session, "a@example.com")).thrown()).isEmpty();
        relay.current.sayUnasked("250 2.0.0 Ok");
        assertThat(Attempt.of(Messages.to(session, "b@example.com")).thrown()).isEmpty();
    }

    /** Says yes to everything, and its verdict to every message; one session at a time. */
    private static final class Relay {

        private final ServerSocket listener = listen();
        private volatile String verdict = "250 2.0.0 Ok";
        private volatile Line current;

        Relay() {
            CompletableFuture.runAsync(() -> {
                while (!listener.isClosed()) {
                    try (Socket socket = listener.accept()) {
                        current = new Line(socket);
                        converse(current);
                    } catch (IOException over) {
                        // the client left, or the test is over
                    }
                }
            });
        }

        private static ServerSocket listen() {
            try {
                return FreshPorts.listen(50);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void converse(Line line) throws IOException {
            line.say("220 mx.example.com");
            for (String command = line.hear(); command != null; command = line.hear()) {
                switch (command.split(" ")[0]) {
                    case "EHLO" -> line.say("250-mx.example.com\r\n250 CHUNKING");
                    case "DATA" -> {
                        line.say("354 Go on");
                        while (command != null && !command.equals(".")) {
                            command = line.hear();
                        }
                        line.say(verdict);
                    }
                    case "BDAT" -> {
                        line.skip(Integer.parseInt(command.split(" ")[1]));
                        line.say(verdict);
                    }
                    default -> line.say("250 2.0.0 Ok");
                }
            }
        }
    }

    /** One session's connection. */
    private static final class Line {

        private final Socket socket;
        private final BufferedReader in;
        private volatile boolean late;
        private String owed;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            socket.setTcpNoDelay(true);
        }

        /**
         * From now on every reply comes when the next command does, as over a long way: who takes the unasked one for
         * the answer is not set right by the next.
         */
        void sayUnasked(String reply) throws IOException {
            late = true;
            write(reply); // on the loopback it is there when this returns
        }

        void say(String reply) throws IOException {
            if (late) {
                owed = reply;
            } else {
                write(reply);
            }
        }

        private void write(String reply) throws IOException {
            socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        String hear() throws IOException {
            String line = in.readLine();
            if (owed != null && line != null) {
                write(owed);
                owed = null;
            }
            return line;
        }

        void skip(long octets) throws IOException {
            for (long left = octets; left > 0; left -= in.skip(left)) {
                // until all are gone
            }
        }
    }
}
