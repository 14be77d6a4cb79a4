package org.resilientmail.example;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.resilientmail.example.relay.Troubles;

/**
 * Who gets what, and what the embedded relay has in store for them.
 *
 * @param issues readers who get a message of their own
 * @param announced readers who get the one large message
 * @param missing mailboxes that do not exist, and whose rejection is as it should be
 * @param troubles what goes wrong at the embedded relay
 */
record Scenario(List<InternetAddress> issues, List<InternetAddress> announced, Set<String> missing, Troubles troubles) {

    private static final String NOBODY = "nobody@example.com";
    private static final Duration GREYLISTING = Duration.ofSeconds(2);
    private static final Duration THROTTLING = Duration.ofSeconds(1);

    Scenario {
        issues = List.copyOf(issues);
        announced = List.copyOf(announced);
        missing = Set.copyOf(missing);
    }

    /**
     * Invents readers, one of whom has no mailbox.
     *
     * @param messages messages to single readers, at least 2
     * @param announceTo readers of the announcement
     */
    static Scenario invented(int messages, int announceTo) {
        List<InternetAddress> readers = new ArrayList<>();
        for (int i = 1; i <= Math.max(messages - 1, announceTo); i++) {
            readers.add(address("reader%03d@example.com".formatted(i)));
        }
        List<InternetAddress> issues = new ArrayList<>(readers.subList(0, messages - 1));
        Troubles troubles = troubles(issues, Set.of(NOBODY));
        issues.add(messages / 2, address(NOBODY));
        return new Scenario(issues, readers.subList(0, announceTo), Set.of(NOBODY), troubles);
    }

    /** Writes to the given recipients, all of whom the embedded relay takes for existing. */
    static Scenario given(List<InternetAddress> recipients, int announceTo) {
        List<InternetAddress> announced = recipients.subList(0, Math.min(announceTo, recipients.size()));
        return new Scenario(recipients, announced, Set.of(), troubles(recipients, Set.of()));
    }

    private static Troubles troubles(List<InternetAddress> issues, Set<String> missing) {
        int last = issues.size() - 1;
        Set<String> greylisted = new HashSet<>();
        for (int index : List.of(Math.min(4, last), last / 2, last)) {
            greylisted.add(SendResult.key(issues.get(index)));
        }
        return new Troubles(missing, greylisted, GREYLISTING, Math.max(1, issues.size() / 2), THROTTLING);
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
