package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.example.relay.Login;
import org.resilientmail.example.relay.RelayReport;
import org.resilientmail.example.relay.Troubles;
import org.resilientmail.failure.RecipientState;

/** The whole application over real sockets, with a smaller batch. */
class NewsletterRunTest {

    private static final int MESSAGES = 60;
    private static final int ANNOUNCED = 120;

    private static RunReport run(int threads, NewsletterRun.Sessions sessions) throws Exception {
        return new NewsletterRun(
                        Scenario.invented(MESSAGES, ANNOUNCED),
                        Samples.address("news@example.org"),
                        threads,
                        sessions,
                        (account, messages) -> Progress.none())
                .embedded();
    }

    @Test
    void with_the_library_everyone_has_the_message_once_and_the_relay_had_nothing_to_refuse_but_its_troubles()
            throws Exception {
        RunReport report = run(6, account -> account.resilient(Optional.empty()));

        assertThat(report.mailboxes()).contains(new MailboxCheck(179, 179, List.of()));
        assertThat(report.lost()).isZero();
        assertThat(report.sent()).isEqualTo(MESSAGES);
        assertThat(report.expectedRejections()).isEqualTo(1);
        assertThat(report.succeeded()).isTrue();

        RelayReport relay = report.relay().orElseThrow();
        assertThat(relay.mostSessionsAtOnce()).isLessThanOrEqualTo(2);
        assertThat(relay.mostMessagesPerSession()).isLessThanOrEqualTo(20);
        assertThat(relay.mostRecipientsPerMessage()).isLessThanOrEqualTo(50);
        assertThat(relay.refusals().keySet())
                .isSubsetOf(Set.of(
                        "550 5.1.1 Recipient address rejected: mailbox does not exist",
                        "451 4.7.1 Greylisted, please try again in 2 seconds",
                        "450 4.7.1 Message rate exceeded, please try again in 1 seconds"))
                .hasSize(3);

        assertThat(report.library().splits()).isEqualTo(1);
        assertThat(report.library().splitEnvelopes()).isEqualTo(3);
        assertThat(report.library().sessions()).isEqualTo(relay.sessions());
        assertThat(report.library().retries()).isPositive();
        assertThat(report.library().waits()).isNotEmpty();
        assertThat(FailureRow.of(report.results())).singleElement().satisfies(row -> {
            assertThat(row.type()).isEqualTo("RecipientRejected");
            assertThat(row.kind()).isEqualTo("RECIPIENT_REJECTED");
            assertThat(row.advice()).isNotBlank();
        });
    }

    @Test
    void without_it_the_large_message_the_greylisted_and_the_throttled_are_lost() throws Exception {
        RunReport report = run(1, Account::plain);

        assertThat(report.succeeded()).isFalse();
        assertThat(report.mailboxes().orElseThrow().passed()).isTrue();
        assertThat(report.relay().orElseThrow().refusals())
                .containsKeys(
                        "452 4.5.3 Too many recipients (max 50 per message)",
                        "451 4.7.1 Greylisted, please try again in 2 seconds",
                        "450 4.7.1 Message rate exceeded, please try again in 1 seconds");
        assertThat(report.deliveries(RecipientState.UNSENT)).isGreaterThan(ANNOUNCED);
        assertThat(report.relay().orElseThrow().messages()).isEqualTo((int) report.sent());
        assertThat(report.library()).isEqualTo(Samples.NOTHING);
    }

    @Test
    void the_plain_command_exits_with_1_and_says_how_many_were_lost() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                Map.of(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "--plain",
                "--messages",
                "10",
                "--threads",
                "1");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("11 of 11 messages done", "Failures by type", "The relay's own view")
                .containsPattern("Lost: 1\\d\\d deliveries\\.");
    }

    @Test
    void the_command_exits_with_0_when_everyone_has_the_message() {
        StringWriter out = new StringWriter();
        int code = Main.run(
                Map.of(),
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter(), true),
                "--messages",
                "10",
                "--no-progress");
        assertThat(out.toString()).contains("Lost: nothing.").contains("every accepted recipient has exactly one copy");
        assertThat(code).isZero();
    }

    @Test
    void a_relay_of_ones_own_is_used_with_the_password_from_the_environment(@TempDir Path folder) throws Exception {
        Path readers = Files.writeString(folder.resolve("readers.txt"), "a@example.com\nb@example.com\n");
        StringWriter out = new StringWriter();
        try (EmbeddedRelay relay = EmbeddedRelay.start("me@example.org", Troubles.none())) {
            Login login = relay.account().login().orElseThrow();
            int code = Main.run(
                    Map.of("RESILIENT_MAIL_PASSWORD", login.password()),
                    new PrintWriter(out, true),
                    new PrintWriter(out, true),
                    "--plain",
                    "--threads=1",
                    "--host=127.0.0.1",
                    "--port=" + relay.account().port(),
                    "--user=me@example.org",
                    "--from=me@example.org",
                    "--recipients=" + readers);
            assertThat(code).isZero();
            assertThat(relay.mailboxes())
                    .isEqualTo(Map.of(
                            "a@example.com", List.of("announcement", "issue-0001"),
                            "b@example.com", List.of("announcement", "issue-0002")));
            assertThat(out.toString()).contains("Lost: nothing.").doesNotContain("Mailboxes:", login.password());
        }
    }

    @Test
    void a_relay_that_is_not_there_loses_everything_and_exits_with_1(@TempDir Path folder) throws Exception {
        Path readers = Files.writeString(folder.resolve("readers.txt"), "a@example.com\n");
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        StringWriter out = new StringWriter();
        int code = Main.run(
                Map.of(),
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "--plain",
                "--host=127.0.0.1",
                "--port=" + port,
                "--from=me@example.org",
                "--recipients=" + readers);
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("Connection refused", "Lost: 2 deliveries.");
    }
}
