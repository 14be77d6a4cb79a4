package org.resilientmail.testkit;

import java.util.List;

/**
 * One arrival of one session at one {@link Step}: what rules and gates decide on. Immutable.
 *
 * @param step where
 * @param session the session's number on this server, from 1
 * @param message the number, within the session, of the message being sent, or of the next one, from 1; a refused MAIL
 *     does not count
 * @param occurrence how often this step has been reached on this server, over all sessions, from 1
 * @param argument what follows the verb on the command line; masked for AUTH; empty where there is no command
 * @param sender the envelope sender, empty before MAIL and for the null sender
 * @param recipients at RCPT the address it names; later the addresses accepted; else empty
 * @param user who has logged in, empty for nobody
 * @param bodyBytes the octets of the message read so far, as they came over the wire; 0 outside a message
 */
public record Encounter(
        Step step,
        int session,
        int message,
        int occurrence,
        String argument,
        String sender,
        List<String> recipients,
        String user,
        long bodyBytes) {

    /** Copies the recipients. */
    public Encounter {
        recipients = List.copyOf(recipients);
    }

    Encounter afterBytes(long bytes) {
        return new Encounter(step, session, message, occurrence, argument, sender, recipients, user, bytes);
    }
}
