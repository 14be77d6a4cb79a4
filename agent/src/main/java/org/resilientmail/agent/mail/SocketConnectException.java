package org.resilientmail.agent.mail;

import java.io.IOException;

/** Stands in for Angus' exception of this name where JavaMail, before 1.5.0, has none. */
public class SocketConnectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private final int timeout;

    /** Takes what Angus' own does. */
    public SocketConnectException(String message, Exception cause, String host, int port, int timeout) {
        super(message, cause);
        this.host = host;
        this.port = port;
        this.timeout = timeout;
    }

    /** {@return the host} */
    public String getHost() {
        return host;
    }

    /** {@return the port} */
    public int getPort() {
        return port;
    }

    /** {@return the time-out in milliseconds} */
    public int getConnectionTimeout() {
        return timeout;
    }
}
