package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

class SendTest {

    private ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    private static MailFailure failureOf(MimeMessage message) {
        MessagingException thrown = catchThrowableOfType(MessagingException.class, () -> Transport.send(message));
        assertThat(thrown).isInstanceOf(MailFailure.class);
        return (MailFailure) thrown;
    }

    @Test
    void one_session_serves_many_sends() throws Exception {
        Session session = sessions().session();
        for (int i = 0; i < 5; i++) {
            Transport.send(Messages.to(session, "a@example.com"));
        }
        assertThat(server.account().accepted()).hasSize(5);
        assertThat(server.account().opened()).isEqualTo(1);
        assertThat(server.account().count("NOOP") + server.account().count("RSET"))
                .isZero();
    }

    @Test
    void a_transient_refusal_is_tried_again_under_the_same_message_id() throws Exception {
        server.on(Step.RCPT).reply("451 4.7.1 Greylisted, please try again in 1 seconds");
        MimeMessage message = Messages.to(sessions().session(), "a@example.com");
        Transport.send(message);
        assertThat(server.account().accepted()).hasSize(1);
        assertThat(server.account().accepted().get(0).header("Message-ID")).contains(message.getMessageID());
    }

    @Test
    void a_refused_recipient_is_named_and_the_others_are_unsent() throws Exception {
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
        MailFailure failure =
                failureOf(Messages.to(sessions().session(), "a@example.com", "nobody@example.com", "b@example.com"));
        assertThat(failure).isInstanceOf(RecipientRejected.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.RECIPIENT_REJECTED);
        assertThat(failure.recipients())
                .extracting(outcome -> outcome.state())
                .containsExactly(RecipientState.UNSENT, RecipientState.REJECTED, RecipientState.UNSENT);
        assertThat(((SendFailedException) failure).getInvalidAddresses()).hasSize(1);
        assertThat(((SendFailedException) failure).getMessage()).startsWith("550 5.1.1 User unknown");
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void a_close_after_the_dot_is_uncertain_and_never_sent_again() throws Exception {
        server.on(Step.END_OF_DATA).close();
        MimeMessage message = Messages.to(sessions().session(), "a@example.com");
        MailFailure failure = failureOf(message);
        assertThat(failure).isInstanceOf(DeliveryUncertain.class);
        assertThat(failure.messageId()).contains(message.getMessageID());
        assertThat(((SendFailedException) failure).getValidUnsentAddresses()).isNullOrEmpty();
        assertThat(failure.recipients().get(0).state()).isEqualTo(RecipientState.UNCERTAIN);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void a_session_at_its_message_limit_is_replaced_and_the_limit_is_learned() throws Exception {
        server.close();
        server = ScriptedSmtpServer.builder()
                .maxMessagesPerSession(3, "421 4.7.0 Too many messages per session, closing connection")
                .start();
        Session session = sessions().session();
        for (int i = 0; i < 10; i++) {
            Transport.send(Messages.to(session, "a@example.com"));
        }
        assertThat(server.account().accepted()).hasSize(10);
        assertThat(server.account().messagesPerSession()).containsExactly(3, 3, 3, 1);
        assertThat(server.account().count("MAIL"))
                .as("the limit was hit once only")
                .isEqualTo(11);
    }

    @Test
    void more_recipients_than_the_relay_takes_go_out_in_several_envelopes() throws Exception {
        server.close();
        server = ScriptedSmtpServer.builder()
                .maxRecipients(50, "452 4.5.3 Too many recipients (max 50 per message)")
                .start();
        String[] recipients =
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.com").toArray(String[]::new);
        Transport.send(Messages.to(
                sessions().set("mail.resilient.message.max-recipients", "100").session(), recipients));
        assertThat(server.account().copiesPerRecipient()).hasSize(120);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(1);
    }

    @Test
    void a_wrong_password_is_an_authentication_failure_from_connect() throws Exception {
        server.close();
        server =
                ScriptedSmtpServer.builder().user("user", "right").requireAuth().start();
        MailFailure failure =
                failureOf(Messages.to(sessions().as("user", "wrong").session(), "a@example.com"));
        assertThat(failure).isInstanceOf(AuthenticationFailed.class);
        assertThat(failure.phase()).isEqualTo(SmtpPhase.AUTH);
        assertThat(failure.toString()).doesNotContain("wrong");
        Transport.send(Messages.to(sessions().as("user", "right").session(), "a@example.com"));
        assertThat(failureOf(Messages.to(sessions().as("user", "wrong").session(), "a@example.com")))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void a_session_closed_while_idle_is_replaced_without_an_attempt() throws Exception {
        Session session =
                sessions().set("mail.resilient.retry.max-attempts", "1").session();
        Transport.send(Messages.to(session, "a@example.com"));
        server.hangUp("421 4.4.2 Idle time-out");
        Transport.send(Messages.to(session, "b@example.com"));
        assertThat(server.account().accepted()).hasSize(2);
    }

    @Test
    void what_is_stopped_on_our_side_was_not_attempted() throws Exception {
        server.close();
        server = ScriptedSmtpServer.builder().maxSize(100).start();
        MailFailure failure = failureOf(Messages.ofSize(sessions().session(), 1000, "a@example.com"));
        assertThat(failure.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
        assertThat(failure.attempts()).isZero();
        assertThat(server.account().count("MAIL")).isZero();
    }
}
