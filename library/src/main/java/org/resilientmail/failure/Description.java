package org.resilientmail.failure;

import jakarta.mail.MessagingException;
import org.resilientmail.reply.PlainText;

/**
 * What {@code toString} tells of a failure: like that of every {@link MessagingException} it goes on with the chain, but
 * what the relay said stands in that one as it came from the wire, and here on plain lines.
 */
final class Description {

    private Description() {}

    static String of(MessagingException failure) {
        StringBuilder text = new StringBuilder(name(failure));
        Exception next = failure.getNextException();
        while (next != null) {
            text.append(";\n  nested exception is:\n\t").append(name(next));
            next = next instanceof MessagingException mail ? mail.getNextException() : null;
        }
        return text.toString();
    }

    private static String name(Exception exception) {
        String message = PlainText.of(exception.getMessage());
        return exception.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }
}
