package org.resilientmail;

import jakarta.mail.MessagingException;

/**
 * The {@code mail.resilient.*} configuration, or a file of rules it names, has mistakes. The message names each key,
 * its value, where it comes from and what is allowed. Thrown by {@code connect}; nothing was sent.
 */
public final class InvalidConfigurationException extends MessagingException {

    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }
}
