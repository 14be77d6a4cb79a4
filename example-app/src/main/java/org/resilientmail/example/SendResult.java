package org.resilientmail.example;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;

/**
 * What the caller was told of one message.
 *
 * @param mailing the message
 * @param states the fate of every recipient, by address in lower case
 * @param failure what was thrown, or empty if nothing was
 */
record SendResult(Mailing mailing, Map<String, RecipientState> states, Optional<Exception> failure) {

    SendResult {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** The call returned: the message is on its way to everyone. */
    static SendResult sent(Mailing mailing) {
        return new SendResult(mailing, all(mailing, RecipientState.SENT), Optional.empty());
    }

    /** The call threw: the exception tells who got it all the same. */
    static SendResult failed(Mailing mailing, Exception failure) {
        Map<String, RecipientState> states;
        if (failure instanceof MailFailure typed) {
            states = all(mailing, RecipientState.UNSENT);
            typed.recipients().forEach(outcome -> states.put(key(outcome.address()), outcome.state()));
        } else if (failure instanceof MessagingException plain) {
            states = all(mailing, RecipientState.UNSENT);
            if (plain instanceof SendFailedException partial) {
                put(states, partial.getValidSentAddresses(), RecipientState.SENT);
                put(states, partial.getInvalidAddresses(), RecipientState.REJECTED);
            }
        } else {
            // Not one of the exceptions a send may end with, so nothing is known.
            states = all(mailing, RecipientState.UNCERTAIN);
        }
        return new SendResult(mailing, states, Optional.of(failure));
    }

    long count(RecipientState state) {
        return states.values().stream().filter(state::equals).count();
    }

    static String key(InternetAddress address) {
        return address.getAddress().toLowerCase(Locale.ROOT);
    }

    private static Map<String, RecipientState> all(Mailing mailing, RecipientState state) {
        Map<String, RecipientState> states = new LinkedHashMap<>();
        mailing.recipients().forEach(recipient -> states.put(key(recipient), state));
        return states;
    }

    private static void put(Map<String, RecipientState> states, Address[] addresses, RecipientState state) {
        if (addresses == null) {
            return;
        }
        for (Address address : addresses) {
            if (address instanceof InternetAddress internet) {
                states.put(key(internet), state);
            }
        }
    }
}
