package org.resilientmail.soak;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientOutcome;
import org.resilientmail.failure.RecipientState;

/**
 * What came of one call, in the caller's eyes. Immutable.
 *
 * @param order what was asked
 * @param told the fate of each recipient that was told
 * @param toSendAgain the addresses that code written for Jakarta Mail sends to again
 * @param kind {@code SENT}, the kind of the failure, or the name of an exception that is no {@link MailFailure}
 * @param words the exception's words, empty without one
 */
record Call(Order order, Map<String, RecipientState> told, Set<String> toSendAgain, String kind, String words) {

    static Call returned(Order order) {
        return new Call(order, all(order, RecipientState.SENT), Set.of(), "SENT", "");
    }

    static Call threw(Order order, Exception thrown) {
        Set<String> again = thrown instanceof SendFailedException failed
                ? new TreeSet<>(names(failed.getValidUnsentAddresses()))
                : Set.of();
        if (thrown instanceof MailFailure failure) {
            // A failed connect knows of no recipients, and has sent to none.
            Map<String, RecipientState> told =
                    failure.recipients().isEmpty() ? all(order, RecipientState.UNSENT) : new HashMap<>();
            for (RecipientOutcome outcome : failure.recipients()) {
                told.put(outcome.address().getAddress(), outcome.state());
            }
            return new Call(order, told, again, failure.kind().name(), failure.ruleId() + ": " + thrown.getMessage());
        }
        Map<String, RecipientState> told = all(order, RecipientState.UNSENT);
        if (thrown instanceof SendFailedException failed) {
            names(failed.getValidSentAddresses()).forEach(to -> told.put(to, RecipientState.SENT));
        }
        String kind = thrown instanceof MessagingException ? "UNDECORATED" : "UNEXPECTED";
        return new Call(order, told, again, kind, thrown.toString());
    }

    private static Map<String, RecipientState> all(Order order, RecipientState state) {
        Map<String, RecipientState> told = new HashMap<>();
        order.recipients().forEach(to -> told.put(to, state));
        return told;
    }

    private static List<String> names(Address[] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(address -> ((InternetAddress) address).getAddress())
                        .toList();
    }

    @Override
    public String toString() {
        return "call " + order.number() + " (" + order.account().name() + (order.partial() ? ", partial" : "") + ", "
                + kind + ") " + words;
    }
}
