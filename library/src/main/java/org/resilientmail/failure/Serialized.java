package org.resilientmail.failure;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;

/**
 * What goes into a stream in place of a failure. An application that has the library reads our types again. One that has
 * the agent never heard of them, and no loader of its own finds them: it gets the mail implementation's own types, with
 * the same message, fields and stack trace.
 */
final class Serialized {

    private Serialized() {}

    static Object of(SendFailure failure) {
        return isReadable(failure)
                ? failure
                : as(
                        failure,
                        new SMTPSendFailedException(
                                failure.getCommand(),
                                failure.getReturnCode(),
                                failure.getMessage(),
                                failure.getNextException(),
                                failure.getValidSentAddresses(),
                                failure.getValidUnsentAddresses(),
                                failure.getInvalidAddresses()));
    }

    static Object of(AuthenticationFailed failure) {
        if (isReadable(failure)) {
            return failure;
        }
        AuthenticationFailedException plain = new AuthenticationFailedException(failure.getMessage());
        plain.setNextException(failure.getNextException());
        return as(failure, plain);
    }

    static Object of(ConnectFailed failure) {
        if (isReadable(failure)) {
            return failure;
        }
        // An old implementation lacks the type: it is ours as well.
        boolean isTheirs = isReadable(MailConnectException.class);
        return as(
                failure,
                isTheirs
                        ? new MailConnectException(new SocketConnectException(
                                failure.getMessage(),
                                failure.getNextException(),
                                failure.getHost(),
                                failure.getPort(),
                                failure.getConnectionTimeout()))
                        : new MessagingException(failure.getMessage(), failure.getNextException()));
    }

    private static boolean isReadable(MessagingException failure) {
        return isReadable(failure.getClass());
    }

    /** With the agent, our own loader is a child of the application's. */
    private static boolean isReadable(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || !loader.getClass().getName().startsWith("org.resilientmail.");
    }

    private static MessagingException as(MessagingException failure, MessagingException plain) {
        plain.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            plain.addSuppressed(suppressed);
        }
        return plain;
    }
}
