package org.resilientmail.agent.mail;

import jakarta.mail.MessagingException;

/** Stands in for Angus' exception of this name where JavaMail, before 1.5.0, has none: nothing is ever one of these. */
public class MailConnectException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient SocketConnectException failed;

    /** Makes what nobody can have thrown. */
    public MailConnectException(SocketConnectException failed) {
        super(failed.getMessage());
        this.failed = failed;
    }

    /** {@return the host} */
    public String getHost() {
        return failed.getHost();
    }

    /** {@return the port} */
    public int getPort() {
        return failed.getPort();
    }

    /** {@return the time-out in milliseconds} */
    public int getConnectionTimeout() {
        return failed.getConnectionTimeout();
    }
}
