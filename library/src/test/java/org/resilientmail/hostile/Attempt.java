package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientOutcome;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerAccount;

/**
 * What a caller was told of one send, to be held against the server's own account.
 *
 * @param message what was sent
 * @param thrown what the caller caught, if anything
 */
public record Attempt(Message message, Optional<MessagingException> thrown) {

    /** A way of sending. */
    public interface Sending {
        /** Sends, once, to all recipients of the message. */
        void send(Message message) throws MessagingException;
    }

    /** Sends and keeps what comes of it. */
    static Attempt of(Message message) {
        return of(message, Transport::send);
    }

    /** Sends in this way and keeps what comes of it. */
    public static Attempt of(Message message, Sending sending) {
        try {
            sending.send(message);
            return new Attempt(message, Optional.empty());
        } catch (MessagingException e) {
            return new Attempt(message, Optional.of(e));
        }
    }

    MailFailure failure() {
        assertThat(thrown).isPresent();
        assertThat(thrown.get()).isInstanceOf(MailFailure.class);
        return (MailFailure) thrown.get();
    }

    /** The state the caller reads for a recipient; a call that returned, and a success report, say sent. */
    public RecipientState told(String address) {
        if (thrown.isEmpty()) {
            return RecipientState.SENT;
        }
        if (thrown.get() instanceof MailFailure failure) {
            if (failure.recipients().isEmpty()) {
                return RecipientState.UNSENT; // connect failed
            }
            return failure.recipients().stream()
                    .filter(outcome -> outcome.address().getAddress().equals(address))
                    .map(RecipientOutcome::state)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(address + " was lost: " + thrown.get()));
        }
        return addresses(((SendFailedException) thrown.get()).getValidSentAddresses())
                        .contains(address)
                ? RecipientState.SENT
                : RecipientState.UNSENT;
    }

    /** Asserts that nobody got it twice, and that the caller was told the truth about everybody, or that it is in doubt. */
    public void agreesWith(ScriptedSmtpServer server, int mostCopies) throws MessagingException {
        String mark = Messages.mark(message);
        for (Address to : message.getAllRecipients()) {
            String address = ((InternetAddress) to).getAddress();
            int copies = server.account().copies().getOrDefault(new ServerAccount.Copy(mark, address), 0);
            assertThat(copies).as("copies for %s", address).isLessThanOrEqualTo(mostCopies);
            switch (told(address)) {
                case SENT ->
                    assertThat(copies).as("%s was told as sent", address).isPositive();
                case UNSENT, REJECTED ->
                    assertThat(copies)
                            .as("%s was told as %s", address, told(address))
                            .isZero();
                case UNCERTAIN -> assertThat(thrown).as("a doubt is told").isPresent();
            }
            assertThat(unsentInChain())
                    .as("what callers send again")
                    .doesNotContainAnyElementsOf(copies > 0 ? Set.of(address) : Set.of("nobody"));
        }
    }

    /** What code written for Jakarta Mail sends to again. */
    public Set<String> unsentToCallers() {
        return thrown.map(Attempt::unsent).orElseGet(Set::of);
    }

    /** What code sends to again that looks through the whole chain, as Jakarta Mail's own sample program does. */
    public Set<String> unsentInChain() {
        Set<String> unsent = new TreeSet<>();
        Exception next = thrown.orElse(null);
        while (next != null) {
            unsent.addAll(unsent(next));
            next = next instanceof MessagingException mail ? mail.getNextException() : null;
        }
        return unsent;
    }

    private static Set<String> unsent(Exception thrown) {
        return thrown instanceof SendFailedException failed ? addresses(failed.getValidUnsentAddresses()) : Set.of();
    }

    private static Set<String> addresses(Address[] addresses) {
        return addresses == null
                ? Set.of()
                : Arrays.stream(addresses)
                        .map(address -> ((InternetAddress) address).getAddress())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
