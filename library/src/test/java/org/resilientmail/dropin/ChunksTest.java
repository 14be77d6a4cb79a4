package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** {@code mail.smtp.chunksize}: BDAT (RFC 3030) where Angus uses it, without its price for the message. */
class ChunksTest {

    private static SideBySide chunks() {
        return SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().extension("CHUNKING"))
                .settings(sessions -> sessions.smtp("chunksize", "1000"));
    }

    private static MailFailure failure(SideBySide.Pair pair) {
        return (MailFailure) pair.ours().thrown();
    }

    @Test
    void a_message_goes_in_chunks_of_the_size_asked_for() throws Exception {
        SideBySide.Pair pair =
                chunks().sending(session -> Messages.ofSize(session, 5000)).areAlikeInSuccess();
        assertThat(pair.ours().commands().get(0).stream().filter(command -> command.startsWith("BDAT")))
                .hasSizeGreaterThan(4);
    }

    @Test
    void several_messages_go_in_chunks_over_one_session() throws Exception {
        chunks().doing((transport, session) -> {
                    transport.connect();
                    for (int octets : new int[] {999, 1000, 3000}) {
                        var message = Messages.ofSize(session, octets);
                        message.saveChanges();
                        transport.sendMessage(message, message.getAllRecipients());
                    }
                })
                .areAlikeInSuccess();
    }

    @Test
    void a_relay_that_does_not_take_chunks_gets_the_message_by_data() throws Exception {
        SideBySide.Pair pair = chunks().server(
                        () -> ScriptedSmtpServer.builder().extensions("8BITMIME"))
                .sending(session -> Messages.ofSize(session, 5000))
                .areAlikeInSuccess();
        assertThat(pair.ours().commands().get(0)).contains("DATA");
    }

    @Test
    void a_message_that_chunks_of_angus_would_alter_arrives_as_it_is() throws Exception {
        SideBySide.Pair pair = chunks().sending(Messages::withDots);
        SideBySide.Pair whole = SideBySide.scenario().sending(Messages::withDots);
        assertThat(pair.ours().bodies())
                .isEqualTo(whole.angus().bodies())
                .isNotEqualTo(pair.angus().bodies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"552 5.3.4 Message too big", "451 4.3.0 Local error", "444 failed"})
    void a_refused_chunk_is_a_refused_message(String reply) throws Exception {
        SideBySide.Pair pair = chunks().script(
                        server -> server.on(Step.CHUNK).always().reply(reply))
                .sending(session -> Messages.ofSize(session, 5000));
        assertThat(pair.angus().thrown()).isNotNull();
        assertThat(pair.ours().thrown()).hasMessageStartingWith(reply);
        assertThat(failure(pair).phase()).isEqualTo(SmtpPhase.BODY);
        assertThat(failure(pair).recipients()).allMatch(outcome -> outcome.state() == RecipientState.UNSENT);
        assertThat(pair.ours().bodies()).isEmpty();
        assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
    }

    @Test
    void a_refused_last_chunk_is_decided_by_the_reply() throws Exception {
        SideBySide.Pair pair = chunks().script(
                        server -> server.on(Step.END_OF_DATA).always().reply("554 5.6.0 Content refused"))
                .sending(session -> Messages.ofSize(session, 5000));
        assertThat(pair.ours().thrown()).hasMessageStartingWith("554 5.6.0 Content refused");
        assertThat(failure(pair).phase()).isEqualTo(SmtpPhase.END_OF_DATA);
        assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
    }

    @Test
    void a_session_on_which_a_chunk_was_refused_carries_no_further_message() throws Exception {
        SideBySide.Pair pair = chunks().settings(
                        sessions -> sessions.smtp("chunksize", "1000").set("mail.resilient.retry.max-attempts", "2"))
                .script(server ->
                        server.on(Step.CHUNK).session(1).message(1).times(1).reply("451 4.3.0 Local error"))
                .sending(session -> Messages.ofSize(session, 5000));
        assertThat(pair.ours().thrown()).isNull();
        assertThat(pair.ours().commands()).hasSize(2);
        assertThat(pair.ours().bodies()).hasSize(1);
    }

    @Test
    void no_reply_to_the_last_chunk_leaves_a_doubt() throws Exception {
        SideBySide.Pair pair = chunks().script(
                        server -> server.on(Step.END_OF_DATA).always().close())
                .sending(session -> Messages.ofSize(session, 5000));
        assertThat(pair.ours().thrown()).isInstanceOf(DeliveryUncertain.class);
    }

    @Test
    void no_reply_to_a_chunk_before_the_last_leaves_none() throws Exception {
        SideBySide.Pair pair = chunks().script(
                        server -> server.on(Step.CHUNK).always().close())
                .sending(session -> Messages.ofSize(session, 5000));
        assertThat(failure(pair).phase()).isEqualTo(SmtpPhase.BODY);
        assertThat(failure(pair).recipients()).allMatch(outcome -> outcome.state() == RecipientState.UNSENT);
    }
}
