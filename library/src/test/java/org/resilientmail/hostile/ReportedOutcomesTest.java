package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What the caller is told, against what the server did. */
@Timeout(60)
class ReportedOutcomesTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    @Test
    void a_recipient_deferred_first_and_then_accepted_is_not_reported_as_unsent() throws Exception {
        server.on(Step.RCPT).to("b@example.com").reply("451 4.7.1 Greylisted");
        Attempt attempt = Attempt.of(
                Messages.to(sessions().smtp("sendpartial", "true").session(), "a@example.com", "b@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).as("all were sent in the end").isEmpty();
    }

    @Test
    void a_success_report_after_a_retry_names_all_as_sent_and_nobody_as_unsent() throws Exception {
        server.on(Step.RCPT).to("b@example.com").reply("451 4.7.1 Greylisted");
        Attempt attempt = Attempt.of(Messages.to(
                sessions()
                        .smtp("sendpartial", "true")
                        .smtp("reportsuccess", "true")
                        .session(),
                "a@example.com",
                "b@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).containsInstanceOf(SMTPSendFailedException.class);
        SMTPSendFailedException report =
                (SMTPSendFailedException) attempt.thrown().orElseThrow();
        assertThat(report.getReturnCode()).isEqualTo(250);
        assertThat(report.getValidSentAddresses())
                .containsExactly(
                        new Address[] {new InternetAddress("a@example.com"), new InternetAddress("b@example.com")});
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "resend"})
    void whoever_may_have_got_it_is_listed_as_unsent_nowhere_in_the_chain(String uncertain) throws Exception {
        server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_CLOSE);
        server.on(Step.RCPT)
                .to("b@example.com")
                .matching(again -> again.session() > 1)
                .always()
                .reply("550 5.1.1 Unknown");
        Session session = sessions()
                .smtp("sendpartial", "true")
                .set("mail.resilient.retry.uncertain", uncertain)
                .session();
        Attempt attempt = Attempt.of(Messages.to(session, "a@example.com", "b@example.com"));
        attempt.agreesWith(server, uncertain.equals("fail") ? 1 : 2);
        assertThat(attempt.told("b@example.com")).isEqualTo(RecipientState.UNCERTAIN);
        assertThat(attempt.unsentInChain()).isEmpty();
        assertThat(attempt.thrown().orElseThrow().getNextException())
                .as("what Angus said of it")
                .isInstanceOf(SMTPSendFailedException.class)
                .hasMessage("[EOF]")
                .hasStackTraceContaining("SMTPTransport");
    }

    @Test
    void another_positive_code_after_the_dot_is_a_success() throws Exception {
        server.on(Step.END_OF_DATA).reply("252 2.0.0 Queued, I think");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).isEmpty();
    }

    @Test
    void a_reply_to_the_dot_whose_lines_contradict_each_other_is_uncertain() throws Exception {
        server.on(Step.END_OF_DATA).fault(Fault.CODE_CHANGE_IN_MULTILINE, "550 5.7.1 Spam");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        assertThat(attempt.failure()).isInstanceOf(DeliveryUncertain.class);
        attempt.agreesWith(server, 1);
    }

    @Test
    void a_recipient_whose_reply_lines_contradict_each_other_is_not_counted_as_accepted() throws Exception {
        server.on(Step.RCPT).to("b@example.com").always().fault(Fault.CODE_CHANGE_IN_MULTILINE, "550 5.1.1 Unknown");
        Attempt attempt = Attempt.of(
                Messages.to(sessions().smtp("sendpartial", "true").session(), "a@example.com", "b@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).isPresent();
    }

    @Test
    void a_recipient_accepted_without_a_space_after_the_code_is_not_lost_in_silence() throws Exception {
        server.on(Step.RCPT).to("b@example.com").reply("250OK");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com", "b@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).isEmpty();
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com", "b@example.com");
    }

    @Test
    void envelopes_after_a_refused_connection_are_reported_as_unsent() throws Exception {
        server.on(Step.END_OF_DATA).message(1).session(1).fault(Fault.REPLY_THEN_CLOSE, "250 2.0.0 Ok");
        TestSessions sessions = sessions()
                .set("mail.resilient.message.max-recipients", "1")
                .set("mail.resilient.retry.max-attempts", "2");
        var gate = server.holdAt(Step.END_OF_DATA);
        var message = Messages.to(sessions.session(), "a@example.com", "b@example.com");
        var sending = java.util.concurrent.CompletableFuture.supplyAsync(() -> Attempt.of(message));
        gate.awaitArrived(1);
        server.stopListening();
        gate.release();
        Attempt attempt = sending.get();
        attempt.agreesWith(server, 1);
        assertThat(attempt.told("a@example.com")).isEqualTo(RecipientState.SENT);
        assertThat(attempt.told("b@example.com")).isEqualTo(RecipientState.UNSENT);
        assertThat(((SendFailedException) attempt.thrown().orElseThrow()).getValidUnsentAddresses())
                .containsExactly(new InternetAddress("b@example.com"));
    }

    @Test
    void a_list_with_a_bad_address_and_a_null_is_a_clear_error() throws Exception {
        InternetAddress bad = new InternetAddress();
        bad.setAddress("a@example.com\r\nRCPT TO:<b@example.com>");
        var session = sessions().session();
        var message = Messages.to(session, "a@example.com");
        try (var transport = session.getTransport()) {
            transport.connect();
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> transport.sendMessage(message, new Address[] {bad, null}))
                    .isInstanceOf(jakarta.mail.MessagingException.class);
        }
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void a_message_over_the_announced_size_is_a_failure_that_names_every_recipient() throws Exception {
        try (ScriptedSmtpServer small =
                ScriptedSmtpServer.builder().maxSize(1000).start()) {
            Attempt attempt = Attempt.of(
                    Messages.ofSize(TestSessions.of(small).session(), 5000, "a@example.com", "b@example.com"));
            ResilientMail.closeAll();
            assertThat(attempt.failure().recipients())
                    .extracting(outcome -> outcome.state())
                    .containsExactly(RecipientState.UNSENT, RecipientState.UNSENT);
            assertThat(small.account().count("MAIL")).isZero();
        }
    }

    @Test
    void a_failure_of_our_own_after_an_envelope_went_out_names_who_was_sent_to() throws Exception {
        server.on(Step.END_OF_DATA).occurrence(1).slowDrip(java.time.Duration.ofMillis(60));
        Attempt attempt = Attempt.of(Messages.to(
                sessions()
                        .set("mail.resilient.message.max-recipients", "1")
                        .set("mail.resilient.retry.deadline", "1s")
                        .session(),
                "a@example.com",
                "b@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.told("a@example.com")).isEqualTo(RecipientState.SENT);
        assertThat(attempt.told("b@example.com")).isEqualTo(RecipientState.UNSENT);
    }
}
