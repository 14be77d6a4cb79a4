package org.resilientmail.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.PropUtil;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.eclipse.angus.mail.util.SocketFetcher;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/**
 * Makes the connection, by the same properties and with the same exceptions as Angus' SocketFetcher. That one cannot be
 * given a deadline: it looks names up on the caller's thread, and the socket it makes is out of reach until it is
 * connected, or for ever. Here names are looked up by {@link Names} and the socket is held before it connects.
 *
 * <p>TLS is left to Angus altogether: which factory, which protocols, whose certificate and which name in it. The
 * application's factories run on the caller's thread, with its class loader and variables, as they always did.
 */
final class Dialler {

    private final Properties properties;
    private final String prefix;
    private final boolean tls;
    private final SocketHold hold;
    private final Deadline deadline;

    /**
     * @param properties the Session's properties, with all time-outs
     * @param protocol {@code smtp} or {@code smtps}
     * @param hold takes every socket as soon as it is made
     * @param deadline until when
     */
    Dialler(Properties properties, String protocol, SocketHold hold, Deadline deadline) {
        this.properties = properties;
        this.prefix = "mail." + protocol + ".";
        this.tls = isTlsFirst(properties, protocol);
        this.hold = hold;
        this.deadline = deadline;
    }

    /** Whether TLS comes before the first word of SMTP. */
    static boolean isTlsFirst(Properties properties, String protocol) {
        return protocol.equals("smtps")
                || PropUtil.getBooleanProperty(properties, "mail." + protocol + ".ssl.enable", false);
    }

    /**
     * Connects, and secures the connection if TLS comes first.
     *
     * @param host the relay's name
     * @param port the relay's port
     * @return the connected socket; an SSLSocket if and only if it is secured
     * @throws IOException if that is not possible; nothing stays open then
     */
    Socket dial(String host, int port) throws IOException {
        int factorysPort = -1;
        try {
            ChosenFactory chosen = ChosenFactory.of(properties, prefix, tls, port);
            factorysPort = chosen.port();
            if (chosen.factory() != null) {
                return dial(chosen, host);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!fallsBack()) {
                throw e;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (!fallsBack()) {
                throw new SocketConnectException(
                        "Using the application's socket factory", e, host, factorysPort, connectTimeout());
            }
        }
        return dial(new ChosenFactory(null, port), host);
    }

    /** Where the application's factory fails, Angus connects without it, unless it was told not to. */
    private boolean fallsBack() {
        return !hold.isCut() && PropUtil.getBooleanProperty(properties, prefix + "socketFactory.fallback", true);
    }

    private Socket dial(ChosenFactory chosen, String host) throws IOException {
        Socket made = make(chosen);
        boolean done = false;
        try {
            hold.take(made);
            made.setSoTimeout(
                    Math.max(0, PropUtil.getIntProperty(properties, prefix + "timeout", TimeOuts.READ_MILLIS)));
            Socket socket = withWriteTimeout(made);
            bind(socket);
            connect(socket, host, chosen.port());
            Socket ready = tls || chosen.isSecuring() ? secure(socket, chosen, host) : socket;
            done = true;
            return ready;
        } finally {
            if (!done) {
                SocketHold.close(made);
            }
        }
    }

    private Socket make(ChosenFactory chosen) throws IOException {
        Socket applications = chosen.factory() == null || chosen.isSecuring()
                ? null
                : chosen.factory().createSocket();
        if (applications != null) {
            return applications;
        }
        HostAndPort socks = httpProxy() == null ? HostAndPort.of(properties, prefix + "socks.", 1080) : null;
        Socket ours;
        if (socks != null) {
            ours = new Socket(new Proxy(Proxy.Type.SOCKS, Names.endpoint(socks.host(), socks.port(), deadline)));
        } else if (PropUtil.getBooleanProperty(properties, prefix + "usesocketchannels", false)) {
            ours = SocketChannel.open().socket();
        } else {
            ours = new Socket();
        }
        // Commands are small and each waits for its reply: without this, delayed acknowledgements stall the dialogue.
        ours.setTcpNoDelay(true);
        return ours;
    }

    private Socket withWriteTimeout(Socket socket) throws IOException {
        int millis = PropUtil.getIntProperty(properties, prefix + "writetimeout", TimeOuts.WRITE_MILLIS);
        ScheduledExecutorService executor =
                PropUtil.getScheduledExecutorServiceProperty(properties, prefix + "executor.writetimeout");
        return executor == null
                ? new WriteTimeoutSocket(socket, millis)
                : new WriteTimeoutSocket(socket, millis, executor);
    }

    private void bind(Socket socket) throws IOException {
        String local = properties.getProperty(prefix + "localaddress");
        if (local != null) {
            int port = PropUtil.getIntProperty(properties, prefix + "localport", 0);
            socket.bind(new InetSocketAddress(Names.address(local, deadline), port));
        }
    }

    private void connect(Socket socket, String host, int port) throws IOException {
        HostAndPort proxy = httpProxy();
        try {
            if (proxy == null) {
                connect(socket, Names.endpoint(host, port, deadline));
                return;
            }
            connect(socket, Names.endpoint(proxy.host(), proxy.port(), deadline));
            String user = properties.getProperty(prefix + "proxy.user");
            String password = properties.getProperty(prefix + "proxy.password");
            HttpProxy.connect(
                    socket, host + ":" + port, user == null || password == null ? null : user + ":" + password);
        } catch (IOException e) {
            throw new SocketConnectException(
                    proxy == null ? null : "Using web proxy host, port: " + proxy.host() + ", " + proxy.port(),
                    e,
                    host,
                    port,
                    connectTimeout());
        }
    }

    private void connect(Socket socket, InetSocketAddress endpoint) throws IOException {
        socket.connect(endpoint, Math.max(0, connectTimeout()));
    }

    /** TLS on the connection, with the factory that Angus would take. Its host is the name, whatever it led to. */
    private Socket secure(Socket socket, ChosenFactory chosen, String host) throws IOException {
        SessionProperties securing = new SessionProperties(properties);
        for (String name : new String[] {"ssl.socketFactory", "socketFactory"}) {
            securing.hide(prefix + name);
            securing.hide(prefix + name + ".class");
        }
        SSLSocketFactory byName = TrustedByName.factory(properties, prefix);
        if (byName != null) {
            securing.cover(prefix + "ssl.socketFactory", byName);
        } else if (chosen.factory() instanceof SSLSocketFactory its) {
            securing.cover(prefix + "ssl.socketFactory", its);
        }
        return SocketFetcher.startTLS(socket, host, securing, prefix.substring(0, prefix.length() - 1));
    }

    private HostAndPort httpProxy() {
        return HostAndPort.of(properties, prefix + "proxy.", 80);
    }

    private int connectTimeout() {
        return PropUtil.getIntProperty(properties, prefix + "connectiontimeout", TimeOuts.CONNECT_MILLIS);
    }

    /** A proxy, as the properties name it: the port may stand behind the host or have a property of its own. */
    private record HostAndPort(String host, int port) {

        static HostAndPort of(Properties properties, String prefix, int usualPort) {
            String named = properties.getProperty(prefix + "host");
            if (named == null) {
                return null;
            }
            int colon = named.indexOf(':');
            String host = colon < 0 ? named : named.substring(0, colon);
            int port = usualPort;
            if (colon >= 0) {
                try {
                    port = Integer.parseInt(named.substring(colon + 1));
                } catch (NumberFormatException e) {
                    // Angus does not mind either.
                }
            }
            return new HostAndPort(host, PropUtil.getIntProperty(properties, prefix + "port", port));
        }
    }
}
