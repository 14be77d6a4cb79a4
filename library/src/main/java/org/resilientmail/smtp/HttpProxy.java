package org.resilientmail.smtp;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.angus.mail.util.LineInputStream;

/** The way through a web proxy (RFC 9110 section 9.3.6), asked for as Angus asks for it. */
final class HttpProxy {

    private HttpProxy() {}

    /**
     * Has a proxy connect to the relay.
     *
     * @param socket connected to the proxy
     * @param target the relay's host and port
     * @param login user and password with a colon between them, or {@code null}
     * @throws ConnectException if the proxy does not
     */
    static void connect(Socket socket, String target, String login) throws IOException {
        StringBuilder request = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        if (login != null) {
            String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.append("Proxy-Authorization: Basic ").append(encoded).append("\r\n");
        }
        request.append("Proxy-Connection: keep-alive\r\n\r\n");
        PrintStream out = new PrintStream(socket.getOutputStream(), false, StandardCharsets.UTF_8);
        out.print(request);
        out.flush();
        LineInputStream in = new LineInputStream(socket.getInputStream(), true);
        String status = in.readLine();
        if (status == null || !status.matches("\\S+ +200(\\s.*)?")) {
            throw new ConnectException("connection through the proxy to " + target + " failed: "
                    + (status == null ? "no answer" : status));
        }
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
            header = in.readLine();
        }
    }
}
