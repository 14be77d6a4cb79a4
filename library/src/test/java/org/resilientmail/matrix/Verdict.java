package org.resilientmail.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.hostile.Attempt;
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Holds what callers were told against the server's own account, and gathers what does not agree. For one thread. */
final class Verdict {

    private final ScriptedSmtpServer server;
    private final List<String> problems = new ArrayList<>();

    Verdict(ScriptedSmtpServer server) {
        this.server = server;
    }

    /** Something that throws if it does not hold. */
    interface Check {
        void run() throws Exception;
    }

    /** What was found wrong so far. A copy. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Checks, and notes what is wrong under this heading. */
    Verdict that(String heading, Check check) {
        try {
            check.run();
        } catch (Exception | AssertionError e) {
            problems.add(heading + ": " + e.toString().strip());
        }
        return this;
    }

    /** A send that met the fault: at most so many copies each, and the truth, or a doubt, told by every means. */
    Verdict onTheCall(Dispatch call, int mostCopies) {
        return that("the caller was told", () -> call.attempt().agreesWith(server, mostCopies))
                .that("who is in doubt", () -> doubtsAreTold(call))
                .that("the event", () -> eventAgrees(call))
                .that("what arrived", () -> arrivedIntact(call));
    }

    /** A send that met no fault: it succeeded, once, and intact. */
    Verdict onTheInnocent(String which, Dispatch innocent) {
        return that(
                        which + " was harmed",
                        () -> assertThat(innocent.attempt().thrown()).isEmpty())
                .that(which, () -> innocent.attempt().agreesWith(server, 1))
                .that(which + ", its event", () -> eventAgrees(innocent))
                .that(which + ", what arrived", () -> arrivedIntact(innocent));
    }

    private void doubtsAreTold(Dispatch call) throws Exception {
        Attempt attempt = call.attempt();
        Set<String> inDoubt = told(call, RecipientState.UNCERTAIN);
        assertThat(attempt.unsentInChain())
                .as("what callers send again")
                .doesNotContainAnyElementsOf(inDoubt.isEmpty() ? Set.of("nobody") : inDoubt);
        if (!inDoubt.isEmpty()) {
            assertThat(attempt.thrown().orElseThrow()).isInstanceOf(DeliveryUncertain.class);
            assertThat(((DeliveryUncertain) attempt.thrown().get()).messageId()).contains(call.messageId());
        }
    }

    private static void eventAgrees(Dispatch call) throws Exception {
        assertThat(call.events()).as("final events").hasSize(call.handedOver() ? 1 : 0);
        if (!call.handedOver()) {
            return;
        }
        TransportEvent event = call.events().get(0);
        Set<String> sent = told(call, RecipientState.SENT);
        int expected = call.attempt().thrown().isEmpty()
                ? TransportEvent.MESSAGE_DELIVERED
                : sent.isEmpty() ? TransportEvent.MESSAGE_NOT_DELIVERED : TransportEvent.MESSAGE_PARTIALLY_DELIVERED;
        assertThat(event.getType()).as("type").isEqualTo(expected);
        assertThat(addresses(event.getValidSentAddresses())).as("sent").isEqualTo(sent);
        Set<String> unsent = addresses(event.getValidUnsentAddresses());
        if (call.attempt()
                .thrown()
                .filter(SendFailedException.class::isInstance)
                .isPresent()) {
            assertThat(unsent).as("valid, not sent").isEqualTo(call.attempt().unsentToCallers());
        }
        // Not every exception that code for Jakarta Mail knows has addresses; the event has them all the same.
        assertThat(unsent)
                .as("valid, not sent")
                .allSatisfy(address ->
                        assertThat(call.attempt().told(address)).isIn(RecipientState.UNSENT, RecipientState.REJECTED));
        assertThat(told(call, RecipientState.REJECTED))
                .as("rejected")
                .containsAll(addresses(event.getInvalidAddresses()));
    }

    /** Every copy has the bytes that were sent and the one Message-ID. */
    private void arrivedIntact(Dispatch call) throws Exception {
        String mark = Messages.mark(call.message());
        for (AcceptedMessage copy : server.account().accepted()) {
            if (copy.id().equals(mark)) {
                String text = copy.text();
                assertThat(text.substring(text.indexOf("\r\n\r\n") + 4)).isEqualTo(call.text());
                assertThat(copy.header("Message-ID")).contains(call.messageId());
            }
        }
    }

    private static Set<String> told(Dispatch call, RecipientState state) throws Exception {
        return Stream.of(call.message().getAllRecipients())
                .map(Verdict::address)
                .filter(address -> call.attempt().told(address) == state)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> addresses(Address[] addresses) {
        return addresses == null
                ? Set.of()
                : Arrays.stream(addresses).map(Verdict::address).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String address(Address address) {
        return ((InternetAddress) address).getAddress();
    }
}
