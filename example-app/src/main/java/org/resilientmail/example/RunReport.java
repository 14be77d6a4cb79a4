package org.resilientmail.example;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resilientmail.example.relay.RelayReport;
import org.resilientmail.failure.RecipientState;

/**
 * Everything there is to tell of one run.
 *
 * @param results what the callers were told
 * @param missing mailboxes that do not exist: their rejection is no failure of the run
 * @param took how long the batch took
 * @param library what the library counted; nothing where it had no part in it
 * @param relay what the embedded relay saw, or empty where there is none
 * @param mailboxes the comparison with the mailboxes, or empty where they cannot be read
 */
record RunReport(
        List<SendResult> results,
        Set<String> missing,
        Duration took,
        Tally.Counts library,
        Optional<RelayReport> relay,
        Optional<MailboxCheck> mailboxes) {

    RunReport {
        results = List.copyOf(results);
        missing = Set.copyOf(missing);
    }

    /** {@return messages that went out to all their recipients} */
    long sent() {
        return results.stream().filter(result -> result.failure().isEmpty()).count();
    }

    /** {@return deliveries, one per message and recipient, that ended in the state} */
    long deliveries(RecipientState state) {
        return results.stream().mapToLong(result -> result.count(state)).sum();
    }

    /** {@return deliveries that were refused because there is no such mailbox, as they had to be} */
    long expectedRejections() {
        return results.stream()
                .flatMap(result -> result.states().entrySet().stream())
                .filter(recipient -> recipient.getValue() == RecipientState.REJECTED)
                .filter(recipient -> missing.contains(recipient.getKey()))
                .count();
    }

    /** {@return deliveries that should have been made and were not, or not for certain} */
    long lost() {
        long all = results.stream().mapToLong(result -> result.states().size()).sum();
        return all - deliveries(RecipientState.SENT) - expectedRejections();
    }

    /** {@return whether every delivery was made once, but for those that could not be made} */
    boolean succeeded() {
        return lost() == 0 && mailboxes.map(MailboxCheck::passed).orElse(true);
    }
}
