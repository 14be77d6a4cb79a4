package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.example.Samples.result;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.failure.RecipientState;

class MailboxCheckTest {

    private static final String A = "a@example.com";
    private static final String B = "b@example.com";

    @Test
    void one_copy_for_everyone_it_was_accepted_for_is_right() {
        MailboxCheck check = MailboxCheck.of(
                List.of(result("one", RecipientState.SENT, A, B), result("two", RecipientState.SENT, B)),
                Map.of(A, List.of("one"), B, List.of("two", "one")));
        assertThat(check).isEqualTo(new MailboxCheck(3, 3, List.of()));
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_second_copy_is_found() {
        MailboxCheck check =
                MailboxCheck.of(List.of(result("one", RecipientState.SENT, A)), Map.of(A, List.of("one", "one")));
        assertThat(check.passed()).isFalse();
        assertThat(check.problems()).containsExactly(A + ": told SENT, but has 2 copies of one");
    }

    @Test
    void a_missing_copy_is_found() {
        MailboxCheck check =
                MailboxCheck.of(List.of(result("one", RecipientState.SENT, A, B)), Map.of(A, List.of("one")));
        assertThat(check.problems()).containsExactly(B + ": told SENT, but has 0 copies of one");
        assertThat(check.expected()).isEqualTo(2);
        assertThat(check.found()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = RecipientState.class,
            names = {"UNSENT", "REJECTED"})
    void a_copy_of_what_was_reported_as_not_sent_is_found(RecipientState state) {
        MailboxCheck check = MailboxCheck.of(List.of(result("one", state, A)), Map.of(A, List.of("one")));
        assertThat(check.problems()).containsExactly(A + ": told " + state + ", but has 1 copies of one");
        assertThat(MailboxCheck.of(List.of(result("one", state, A)), Map.of()).passed())
                .isTrue();
    }

    @Test
    void an_uncertain_message_may_be_there_once_or_not_at_all_but_not_twice() {
        List<SendResult> told = List.of(result("one", RecipientState.UNCERTAIN, A));
        assertThat(MailboxCheck.of(told, Map.of()).passed()).isTrue();
        assertThat(MailboxCheck.of(told, Map.of(A, List.of("one"))).passed()).isTrue();
        assertThat(MailboxCheck.of(told, Map.of(A, List.of("one", "one"))).passed())
                .isFalse();
    }

    @Test
    void a_message_in_the_wrong_mailbox_is_found() {
        MailboxCheck check = MailboxCheck.of(
                List.of(result("one", RecipientState.SENT, A)), Map.of(A, List.of("one"), B, List.of("one")));
        assertThat(check.problems()).containsExactly(B + ": has 1 copies of one, which was not sent to it");
    }
}
