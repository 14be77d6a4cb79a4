package org.resilientmail.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The least there is to do for a message: one write, and three lines read. Or two, by DATA, as a client does that sends its
 * commands together and then the message; nodemailer's pool is one.
 */
final class RawPeer implements Peer {

    private final Target target;
    private final WireMessage messages;
    private final boolean byData;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    private RawPeer(Target target, Scene scene, boolean byData) {
        this.target = target;
        this.byData = byData;
        messages = new WireMessage(scene);
    }

    /** All in one flight, by BDAT. */
    static RawPeer inOne(Target target, Scene scene) {
        return new RawPeer(target, scene, false);
    }

    /** The commands in one flight, the message in the next. */
    static RawPeer inTwo(Target target, Scene scene) {
        return new RawPeer(target, scene, true);
    }

    @Override
    public Sender sender() throws Exception {
        Connection connection = new Connection();
        return byData ? () -> connection.sendByData(messages.next()) : () -> connection.send(messages.next());
    }

    @Override
    public void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private final class Connection {

        private OutputStream out;
        private BufferedReader in;

        Connection() throws IOException {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), target.port());
            open.add(plain);
            plain.setTcpNoDelay(true);
            use(plain);
            expect("220");
            ask("EHLO client.example.com", "250");
            ask("STARTTLS", "220");
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket secure = (SSLSocket) factory.createSocket(plain, Target.HOST, target.port(), true);
            secure.startHandshake();
            use(secure);
            ask("EHLO client.example.com", "250");
            ask("AUTH PLAIN " + Target.plainLogin(), "235");
        }

        private void use(Socket socket) throws IOException {
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        private void ask(String command, String code) throws IOException {
            out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            expect(code);
        }

        private void expect(String code) throws IOException {
            String line;
            do {
                line = in.readLine();
                if (line == null || !line.startsWith(code)) {
                    throw new IOException("not " + code + ": " + line);
                }
            } while (line.charAt(3) == '-');
        }

        void send(byte[] message) throws IOException {
            ByteArrayOutputStream flight = new ByteArrayOutputStream(message.length + 128);
            flight.writeBytes(("MAIL FROM:<" + Target.SENDER + ">\r\nRCPT TO:<" + Target.RECIPIENT + ">\r\nBDAT "
                            + message.length + " LAST\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            flight.writeBytes(message);
            flight.writeTo(out);
            expect("250");
            expect("250");
            expect("250");
        }

        /** No line of its messages begins with a dot. */
        void sendByData(byte[] message) throws IOException {
            out.write(("MAIL FROM:<" + Target.SENDER + ">\r\nRCPT TO:<" + Target.RECIPIENT + ">\r\nDATA\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            expect("250");
            expect("250");
            expect("354");
            ByteArrayOutputStream whole = new ByteArrayOutputStream(message.length + 3);
            whole.writeBytes(message);
            whole.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
            whole.writeTo(out);
            expect("250");
        }
    }
}
