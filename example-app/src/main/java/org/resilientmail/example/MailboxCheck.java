package org.resilientmail.example;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.resilientmail.failure.RecipientState;

/**
 * Compares what the callers were told with what lies in the mailboxes.
 *
 * @param expected copies that must be there
 * @param found copies that are there
 * @param problems every contradiction, in words
 */
record MailboxCheck(int expected, int found, List<String> problems) {

    MailboxCheck {
        problems = List.copyOf(problems);
    }

    boolean passed() {
        return problems.isEmpty();
    }

    /**
     * Checks every message and every mailbox.
     *
     * @param results what the callers were told
     * @param mailboxes the keys of the messages in each mailbox, once per copy; the mailbox in lower case
     */
    static MailboxCheck of(List<SendResult> results, Map<String, List<String>> mailboxes) {
        Map<String, Map<String, Integer>> left = count(mailboxes);
        int found = mailboxes.values().stream().mapToInt(List::size).sum();
        int expected = 0;
        List<String> problems = new ArrayList<>();
        for (SendResult result : results) {
            String key = result.mailing().key();
            for (Map.Entry<String, RecipientState> recipient : result.states().entrySet()) {
                Map<String, Integer> mailbox = left.getOrDefault(recipient.getKey(), new HashMap<>());
                Integer taken = mailbox.remove(key);
                int copies = taken == null ? 0 : taken;
                expected += recipient.getValue() == RecipientState.SENT ? 1 : 0;
                if (!fits(recipient.getValue(), copies)) {
                    problems.add("%s: told %s, but has %d copies of %s"
                            .formatted(recipient.getKey(), recipient.getValue(), copies, key));
                }
            }
        }
        left.forEach((mailbox, keys) -> keys.forEach((key, copies) ->
                problems.add("%s: has %d copies of %s, which was not sent to it".formatted(mailbox, copies, key))));
        return new MailboxCheck(expected, found, problems);
    }

    private static boolean fits(RecipientState state, int copies) {
        return switch (state) {
            case SENT -> copies == 1;
            case UNSENT, REJECTED -> copies == 0;
            case UNCERTAIN -> copies <= 1;
        };
    }

    private static Map<String, Map<String, Integer>> count(Map<String, List<String>> mailboxes) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        mailboxes.forEach((mailbox, keys) -> {
            Map<String, Integer> byKey = counts.computeIfAbsent(mailbox, name -> new TreeMap<>());
            keys.forEach(key -> byKey.merge(key, 1, Integer::sum));
        });
        return counts;
    }
}
