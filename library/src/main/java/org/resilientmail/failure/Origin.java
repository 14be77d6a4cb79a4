package org.resilientmail.failure;

import jakarta.mail.Address;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Where a failure comes from: what the undecorated transport said of it, kept so that code written for that transport
 * reads the same command, return code and address arrays.
 *
 * @param command the SMTP command that failed, without credentials; empty when there was none
 * @param returnCode the three-digit code the undecorated transport reports, or -1
 * @param cause the undecorated transport's exception; {@code null} when the failure is our own
 * @param words what to begin the message with when there is no reply
 * @param validSent addresses the message was sent to; may be {@code null}, as in Angus
 * @param validUnsent addresses it was certainly not sent to; may be {@code null}
 * @param invalid addresses that were refused; may be {@code null}
 */
public record Origin(
        String command,
        int returnCode,
        Exception cause,
        String words,
        Address[] validSent,
        Address[] validUnsent,
        Address[] invalid) {

    /**
     * An origin that concerns no recipient, as in {@code connect}.
     *
     * @param cause the undecorated transport's exception, or {@code null}
     * @param words what to begin the message with when there is no reply
     * @param returnCode the code of the reply, or -1
     * @return the origin
     */
    public static Origin connecting(Exception cause, String words, int returnCode) {
        return new Origin("", returnCode, cause, words, null, null, null);
    }

    /**
     * An origin with the command and code of the undecorated transport's exception, and our address arrays.
     *
     * @param cause the undecorated transport's exception, or {@code null}
     * @param command the command to report when {@code cause} does not name one
     * @param returnCode the code to report when {@code cause} does not carry one
     * @param words what to begin the message with when there is no reply
     * @param validSent addresses the message was sent to
     * @param validUnsent addresses it was certainly not sent to
     * @param invalid addresses that were refused
     * @return the origin
     */
    public static Origin sending(
            Exception cause,
            String command,
            int returnCode,
            String words,
            Address[] validSent,
            Address[] validUnsent,
            Address[] invalid) {
        if (cause instanceof SMTPSendFailedException angus && angus.getCommand() != null) {
            return new Origin(angus.getCommand(), angus.getReturnCode(), cause, words, validSent, validUnsent, invalid);
        }
        return new Origin(command, returnCode, cause, words, validSent, validUnsent, invalid);
    }
}
