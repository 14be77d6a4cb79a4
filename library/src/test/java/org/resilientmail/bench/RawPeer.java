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

/** The least there is to do: one write, and three lines read, for a message. */
final class RawPeer implements Peer {

    private final Target target;
    private final WireMessage messages;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    RawPeer(Target target, Scene scene) {
        this.target = target;
        messages = new WireMessage(scene);
    }

    @Override
    public Sender sender() throws Exception {
        Connection connection = new Connection();
        return () -> connection.send(messages.next());
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
    }
}
