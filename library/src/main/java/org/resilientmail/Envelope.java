package org.resilientmail;

import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/** Recipients that go out together, and how patiently. Confined to the sending thread. */
final class Envelope {

    private final int number;
    private final List<Recipient> recipients;
    private final Patience patience;

    Envelope(int number, List<Recipient> recipients, Patience patience) {
        this.number = number;
        this.recipients = List.copyOf(recipients);
        this.patience = patience;
        for (Recipient recipient : recipients) {
            recipient.inEnvelope(number);
        }
    }

    int number() {
        return number;
    }

    Patience patience() {
        return patience;
    }

    /** Recipients there is still something to do for. */
    List<Recipient> open() {
        List<Recipient> open = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            if (recipient.isOpen()) {
                open.add(recipient);
            }
        }
        return open;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    void giveUp() {
        recipients.forEach(Recipient::givenUp);
    }

    /** Cuts a list into parts of at most {@code cap}, as evenly as it goes. */
    static List<List<Recipient>> cut(List<Recipient> recipients, int cap) {
        int parts = (recipients.size() + cap - 1) / cap;
        List<List<Recipient>> cut = new ArrayList<>(parts);
        int from = 0;
        for (int part = 0; part < parts; part++) {
            int size = (recipients.size() - from + parts - part - 1) / (parts - part);
            cut.add(recipients.subList(from, from + size));
            from += size;
        }
        return cut;
    }

    static List<InternetAddress> addresses(List<Recipient> recipients) {
        List<InternetAddress> addresses = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            addresses.add(recipient.address());
        }
        return addresses;
    }
}
