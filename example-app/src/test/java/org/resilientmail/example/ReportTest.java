package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.example.Samples.result;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.resilientmail.example.relay.RelayReport;
import org.resilientmail.failure.RecipientState;

class ReportTest {

    private static final String A = "a@example.com";
    private static final String NOBODY = "nobody@example.com";

    private static RunReport report(MailboxCheck check, SendResult... results) {
        return new RunReport(
                List.of(results),
                Set.of(NOBODY),
                Duration.ofMillis(1234),
                Samples.NOTHING,
                Optional.of(new RelayReport(3, 2, 20, 50, 41, 160, Map.of("454 4.7.0 Too many", 7))),
                Optional.of(check));
    }

    private static String printed(RunReport report, boolean library) {
        StringWriter text = new StringWriter();
        new ResultTable(new PrintWriter(text, true)).print(report, library);
        return text.toString();
    }

    private static final MailboxCheck RIGHT = new MailboxCheck(1, 1, List.of());

    @Test
    void the_rejection_of_a_mailbox_that_does_not_exist_is_a_success() {
        RunReport report =
                report(RIGHT, result("1", RecipientState.SENT, A), result("2", RecipientState.REJECTED, NOBODY));
        assertThat(report.succeeded()).isTrue();
        assertThat(report.lost()).isZero();
        assertThat(report.expectedRejections()).isEqualTo(1);
    }

    @Test
    void a_rejection_of_anyone_else_is_a_loss() {
        assertThat(report(RIGHT, result("1", RecipientState.REJECTED, A)).lost())
                .isEqualTo(1);
    }

    @Test
    void a_missing_mailbox_that_was_not_even_asked_for_is_a_loss() {
        assertThat(report(RIGHT, result("1", RecipientState.UNSENT, NOBODY)).succeeded())
                .isFalse();
    }

    @Test
    void an_uncertain_delivery_is_not_a_success() {
        assertThat(report(RIGHT, result("1", RecipientState.UNCERTAIN, A)).succeeded())
                .isFalse();
    }

    @Test
    void a_contradiction_in_the_mailboxes_is_not_a_success_though_nothing_is_lost() {
        MailboxCheck twice = new MailboxCheck(1, 2, List.of("a: two copies"));
        RunReport report = report(twice, result("1", RecipientState.SENT, A));
        assertThat(report.lost()).isZero();
        assertThat(report.succeeded()).isFalse();
        assertThat(printed(report, true)).contains("1 contradictions:", "  a: two copies");
    }

    @Test
    void the_table_tells_what_the_relay_saw_and_what_was_lost() {
        String text = printed(
                report(RIGHT, result("1", RecipientState.SENT, A), result("2", RecipientState.UNSENT, "b@example.com")),
                true);
        assertThat(text)
                .containsPattern("454 4.7.0 Too many +\\| 7 ")
                .containsPattern("sessions at once, at most +\\| 2 ")
                .containsPattern("rotations +\\| 0 ")
                .containsPattern("time +\\| 1.2 s ")
                .contains("Lost: 1 deliveries.");
    }

    @Test
    void the_librarys_counts_are_left_out_where_it_had_no_part() {
        assertThat(printed(report(RIGHT, result("1", RecipientState.SENT, A)), false))
                .doesNotContain("rotations")
                .contains("Lost: nothing.");
    }
}
