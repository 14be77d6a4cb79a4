package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** Acceptance and refusal at every step: types, codes, address arrays, events, chain and wire are those of Angus. */
class SendingLikeAngusTest {

    private static final String[] THREE = {"a@example.com", "b@example.com", "c@example.com"};

    private static void refuseTheSecond(ScriptedSmtpServer server, String reply) {
        server.on(Step.RCPT).to("b@example.com").always().reply(reply);
    }

    @Test
    void a_message_all_recipients_are_accepted_for_is_delivered_with_one_event() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario().sendingTo(THREE).areAlikeInSuccess();
        assertThat(pair.ours().events())
                .extracting(TransportEvent::getType)
                .containsExactly(TransportEvent.MESSAGE_DELIVERED);
        assertThat(pair.ours().connectionEvents()).isEqualTo(Observed.ONE_PAIR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 User unknown",
                "550 No such user here",
                "551 5.1.6 User has moved",
                "553 5.1.3 Bad address syntax",
                "501 5.1.3 Bad recipient address syntax",
                "554 5.7.1 <b@example.com>: Recipient address rejected: Access denied",
                "552 5.2.2 Mailbox full",
                "450 4.2.1 Mailbox busy, try again later",
                "451 4.7.1 Greylisted, try again later",
                "452 4.2.2 Mailbox full",
            })
    void one_refused_recipient_fails_the_message_or_with_sendpartial_only_itself(String reply) throws Exception {
        SideBySide.Pair whole = SideBySide.scenario()
                .script(server -> refuseTheSecond(server, reply))
                .sendingTo(THREE)
                .areAlikeInFailure();
        assertThat(whole.ours().bodies()).isEmpty();
        SideBySide.Pair partial = SideBySide.scenario()
                .script(server -> refuseTheSecond(server, reply))
                .settings(sessions -> sessions.smtp("sendpartial", "true"))
                .sendingTo(THREE)
                .areAlikeInFailure();
        assertThat(partial.ours().bodies()).hasSize(1);
        assertThat(partial.ours().thrown()).hasMessageStartingWith(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.4.5 Daily user sending quota exceeded", "500 5.5.1 Command unrecognized"})
    void a_refusal_that_is_not_about_the_recipient_does_not_call_it_invalid(String reply) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> refuseTheSecond(server, reply))
                .sendingTo(THREE);
        assertThat(pair.angus().arrays()).contains("invalid [b@example.com]");
        assertThat(pair.ours().arrays()).contains("unsent [a@example.com, c@example.com, b@example.com]", "invalid []");
        assertThat(pair.ours().angusChain()).isEqualTo(pair.angus().angusChain());
    }

    @ParameterizedTest
    @CsvSource({"550 5.1.1 User unknown, 450 4.2.1 Mailbox busy", "450 4.2.1 Mailbox busy, 550 5.1.1 User unknown"})
    void a_passing_and_a_lasting_refusal_side_by_side_are_told_apart(String first, String last) throws Exception {
        for (String partial : List.of("false", "true")) {
            SideBySide.scenario()
                    .script(server -> {
                        server.on(Step.RCPT).to("a@example.com").always().reply(first);
                        server.on(Step.RCPT).to("c@example.com").always().reply(last);
                    })
                    .settings(sessions -> sessions.smtp("sendpartial", partial))
                    .sendingTo(THREE)
                    .areAlikeInFailure();
        }
    }

    @Test
    void all_recipients_refused_is_a_failure_with_sendpartial_too() throws Exception {
        for (String partial : List.of("false", "true")) {
            SideBySide.scenario()
                    .script(server -> server.on(Step.RCPT).always().reply("550 5.1.1 User unknown"))
                    .settings(sessions -> sessions.smtp("sendpartial", partial))
                    .sendingTo(THREE)
                    .areAlikeInFailure();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void a_service_that_closes_at_one_recipient_fails_with_the_same_addresses(String partial) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(Step.RCPT)
                        .to("b@example.com")
                        .always()
                        .replyThenClose("421 4.3.2 Service shutting down"))
                .settings(sessions -> sessions.smtp("sendpartial", partial))
                .sendingTo(THREE);
        // Angus tells of the end of stream at the third recipient; ours of the 421 before it, with Angus' in the chain.
        assertThat(pair.angus().thrown()).isInstanceOf(SMTPAddressFailedException.class);
        assertThat(pair.ours().thrown()).hasMessageStartingWith("421 4.3.2 Service shutting down");
        assertThat(pair.ours().angusChain()).isEqualTo(pair.angus().angusChain());
        assertThat(pair.ours().events()).hasSize(1);
        assertThat(pair.ours().connectionEvents()).isEqualTo(Observed.ONE_PAIR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.0 Sender rejected",
                "553 5.1.8 Sender domain not found",
                "501 5.1.7 Bad sender address",
                "503 5.5.1 Bad sequence",
                "452 4.3.1 Insufficient system storage",
                "451 4.3.0 Try again later",
                "554 5.7.1 Sender blocked",
            })
    void a_refused_sender_fails_alike(String reply) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(Step.MAIL).always().reply(reply))
                .sendingTo(THREE)
                .areAlikeInFailure();
        assertThat(pair.ours().thrown()).hasMessageStartingWith(reply);
    }

    @Test
    void authentication_wanted_only_at_mail_keeps_the_original_in_the_chain() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(Step.MAIL).always().reply("530 5.7.0 Authentication required"))
                .sendingTo(THREE);
        assertThat(pair.ours().angusChain()).isEqualTo(pair.angus().angusChain());
        assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"554 5.7.1 Transaction failed", "451 4.3.0 Try again later", "503 5.5.1 No valid recipients"})
    void a_refusal_of_the_data_command_fails_alike(String reply) throws Exception {
        for (String partial : List.of("false", "true")) {
            SideBySide.scenario()
                    .script(server -> server.on(Step.DATA).always().reply(reply))
                    .settings(sessions -> sessions.smtp("sendpartial", partial))
                    .sendingTo(THREE)
                    .areAlikeInFailure();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 Message content rejected",
                "552 5.3.4 Message too big",
                "554 5.6.0 Rejected",
                "451 4.3.0 Try again later",
                "452 4.3.1 Insufficient storage",
            })
    void a_refusal_after_the_final_dot_fails_alike(String reply) throws Exception {
        for (String partial : List.of("false", "true")) {
            SideBySide.scenario()
                    .script(server -> server.on(Step.END_OF_DATA).always().reply(reply))
                    .settings(sessions -> sessions.smtp("sendpartial", partial))
                    .sendingTo(THREE)
                    .areAlikeInFailure();
        }
    }

    @Test
    void a_refused_recipient_and_a_refused_message_with_sendpartial_fail_alike() throws Exception {
        SideBySide.scenario()
                .script(server -> {
                    refuseTheSecond(server, "550 5.1.1 User unknown");
                    server.on(Step.END_OF_DATA).always().reply("554 5.7.1 Message content rejected");
                })
                .settings(sessions -> sessions.smtp("sendpartial", "true"))
                .sendingTo(THREE)
                .areAlike();
    }

    @Test
    void reportsuccess_reports_every_recipient_as_an_exception() throws Exception {
        SideBySide.scenario()
                .settings(sessions -> sessions.smtp("reportsuccess", "true"))
                .sendingTo(THREE)
                .areAlike();
        SideBySide.scenario()
                .script(server -> refuseTheSecond(server, "550 5.1.1 User unknown"))
                .settings(sessions -> sessions.smtp("reportsuccess", "true").smtp("sendpartial", "true"))
                .sendingTo(THREE)
                .areAlikeInFailure();
        SideBySide.scenario()
                .script(server -> refuseTheSecond(server, "550 5.1.1 User unknown"))
                .settings(sessions -> sessions.smtp("reportsuccess", "true"))
                .sendingTo(THREE)
                .areAlikeInFailure();
        SideBySide.scenario()
                .script(server -> server.on(Step.END_OF_DATA).always().reply("554 5.6.0 Rejected"))
                .settings(sessions -> sessions.smtp("reportsuccess", "true"))
                .sendingTo(THREE)
                .areAlikeInFailure();
    }

    @Test
    void an_unusual_positive_reply_to_a_recipient_is_a_success_whether_reports_are_asked_for_or_not() throws Exception {
        for (String reports : List.of("false", "true")) {
            SideBySide.Pair pair = SideBySide.scenario()
                    .script(server ->
                            server.on(Step.RCPT).to("b@example.com").always().reply("254 Noted"))
                    .settings(sessions -> sessions.smtp("reportsuccess", reports))
                    .sendingTo(THREE);
            assertThat(pair.ours().bodies()).hasSize(1);
            if (pair.ours().thrown() instanceof SMTPSendFailedException report) {
                assertThat(reports).isEqualTo("true");
                assertThat(report.getReturnCode()).isEqualTo(250);
                assertThat(report.getValidSentAddresses()).hasSize(3);
                assertThat(pair.ours().angusChain())
                        .filteredOn(each -> each.startsWith("SMTPAddressSucceededException"))
                        .hasSize(3)
                        .anyMatch(each -> each.contains("254 Noted"));
            } else {
                assertThat(reports).isEqualTo("false");
                assertThat(pair.ours().thrown()).isNull();
                assertThat(pair.angus().thrown()).isNull();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void an_address_that_cannot_stand_in_a_command_is_the_fault_that_angus_names(boolean recipient) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario().doing((transport, session) -> {
            InternetAddress odd = new InternetAddress("\u560a@example.com");
            var message = Messages.to(session, "a@example.com");
            if (!recipient) {
                message.setFrom(odd);
            }
            message.saveChanges();
            transport.connect();
            transport.sendMessage(message, recipient ? new Address[] {odd} : message.getAllRecipients());
        });
        assertThat(pair.angus().thrown()).hasRootCauseExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(pair.ours().thrown()).hasRootCauseExactlyInstanceOf(IllegalArgumentException.class);
        if (recipient) {
            assertThat(pair.ours().thrown()).hasCauseExactlyInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_end_of_stream_after_the_dot_lists_nobody_as_unsent_where_angus_lists_everybody() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(Step.END_OF_DATA).always().close())
                .sendingTo(THREE);
        assertThat(pair.ours().thrown()).isInstanceOf(pair.angus().thrown().getClass());
        assertThat(pair.angus().arrays().get(1)).contains("a@example.com");
        assertThat(pair.ours().arrays().get(1)).doesNotContain("example.com");
        assertThat(pair.ours().angusChain()).isEqualTo(pair.angus().angusChain());
        assertThat(pair.ours().events()).hasSize(1);
        assertThat(pair.ours().events().get(0).getValidUnsentAddresses()).isNullOrEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void a_lost_connection_before_the_dot_fails_alike(Step step) throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server -> server.on(step).always().reset())
                .sendingTo(THREE);
        assertThat(pair.ours().thrown()).isInstanceOf(pair.angus().thrown().getClass());
        assertThat(pair.ours().eventTexts().get(0)).isEqualTo(TransportEvent.MESSAGE_NOT_DELIVERED);
        assertThat(pair.ours().connectionEvents()).isEqualTo(Observed.ONE_PAIR);
        assertThat(pair.ours().arrays().get(1)).contains(THREE);
    }
}
