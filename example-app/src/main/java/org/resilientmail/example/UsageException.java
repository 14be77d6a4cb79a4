package org.resilientmail.example;

/** Something the user gave cannot be used. The message is one line that says what and why. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
