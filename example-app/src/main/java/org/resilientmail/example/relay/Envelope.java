package org.resilientmail.example.relay;

import java.util.ArrayList;
import java.util.List;

/** One mail transaction: a sender, and the recipients accepted so far. Not thread-safe. */
final class Envelope {

    private final String sender;
    private final List<String> recipients = new ArrayList<>();

    Envelope(String sender) {
        this.sender = sender;
    }

    String sender() {
        return sender;
    }

    List<String> recipients() {
        return List.copyOf(recipients);
    }

    void add(String recipient) {
        recipients.add(recipient);
    }
}
