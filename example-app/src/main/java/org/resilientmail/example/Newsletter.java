package org.resilientmail.example;

import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/** The batch: one announcement to many readers at once, then an issue to every reader on its own. */
final class Newsletter {

    private Newsletter() {}

    /**
     * Composes the batch.
     *
     * @param issues readers who get a message of their own
     * @param announced readers who get the one large message; empty for none
     */
    static List<Mailing> compose(List<InternetAddress> issues, List<InternetAddress> announced) {
        List<Mailing> mailings = new ArrayList<>();
        if (!announced.isEmpty()) {
            mailings.add(new Mailing("announcement", "Our newsletter has a new home", announced));
        }
        for (int i = 0; i < issues.size(); i++) {
            String key = "issue-%04d".formatted(i + 1);
            mailings.add(new Mailing(key, "Newsletter 42, copy " + (i + 1), List.of(issues.get(i))));
        }
        return List.copyOf(mailings);
    }
}
