package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.example.Samples.address;
import static org.resilientmail.example.Samples.mailing;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.resilientmail.failure.RecipientState;

class SendResultTest {

    private final Mailing mailing = mailing("one", "a@example.com", "b@example.com", "C@example.com");

    @Test
    void a_call_that_returns_has_sent_to_everyone() {
        assertThat(SendResult.sent(mailing).states())
                .isEqualTo(Map.of(
                        "a@example.com", RecipientState.SENT,
                        "b@example.com", RecipientState.SENT,
                        "c@example.com", RecipientState.SENT));
    }

    @Test
    void a_partial_failure_of_angus_is_read_from_its_address_arrays() {
        SendFailedException failure = new SendFailedException(
                "partly",
                null,
                new Address[] {address("a@example.com")},
                new Address[] {address("b@example.com")},
                new Address[] {address("C@example.com")});
        assertThat(SendResult.failed(mailing, failure).states())
                .isEqualTo(Map.of(
                        "a@example.com", RecipientState.SENT,
                        "b@example.com", RecipientState.UNSENT,
                        "c@example.com", RecipientState.REJECTED));
    }

    @Test
    void a_failure_to_connect_has_sent_to_nobody() {
        SendResult result = SendResult.failed(mailing, new MessagingException("no connection"));
        assertThat(result.count(RecipientState.UNSENT)).isEqualTo(3);
    }

    @Test
    void an_exception_nobody_expects_leaves_everything_uncertain() {
        SendResult result = SendResult.failed(mailing, new IllegalStateException("bug"));
        assertThat(result.count(RecipientState.UNCERTAIN)).isEqualTo(3);
    }

    @Test
    void failures_that_are_alike_become_one_row_with_the_relays_own_words() {
        Mailing single = mailing("two", "b@example.com");
        SendFailedException nested =
                new SendFailedException("Invalid Addresses", new SendFailedException("550 5.1.1 No such user\n"));
        List<FailureRow> rows = FailureRow.of(List.of(
                SendResult.failed(mailing, new MessagingException("greeting refused")),
                SendResult.failed(mailing, nested),
                SendResult.failed(single, nested),
                SendResult.sent(single)));
        assertThat(rows)
                .containsExactly(
                        new FailureRow("SendFailedException", "-", "550 5.1.1 No such user", "-", 2, 4),
                        new FailureRow("MessagingException", "-", "greeting refused", "-", 1, 3));
    }
}
