package org.resilientmail.example;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resilientmail.failure.RecipientState;

/** Values for tests. */
final class Samples {

    static final Tally.Counts NOTHING = new Tally().counts();

    private Samples() {}

    static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Mailing mailing(String key, String... recipients) {
        List<InternetAddress> addresses = new ArrayList<>();
        for (String recipient : recipients) {
            addresses.add(address(recipient));
        }
        return new Mailing(key, "Subject", addresses);
    }

    /** A result in which every recipient ended the same way. */
    static SendResult result(String key, RecipientState state, String... recipients) {
        Map<String, RecipientState> states = new LinkedHashMap<>();
        for (String recipient : recipients) {
            states.put(recipient, state);
        }
        return new SendResult(mailing(key, recipients), states, Optional.empty());
    }
}
