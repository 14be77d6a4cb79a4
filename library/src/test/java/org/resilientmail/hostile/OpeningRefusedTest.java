package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.ProtocolFailure;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Relays that turn the client away before any message: what they said is not lost, and not asked for again in vain. */
@Timeout(60)
class OpeningRefusedTest {

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("user", "secret").start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private MailFailure failure(TestSessions sessions) throws MessagingException {
        Attempt attempt = Attempt.of(Messages.to(
                sessions.set("mail.resilient.retry.initial-wait", "1ms").session(), "a@example.com"));
        return (MailFailure) attempt.thrown().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "554 5.7.1 Your address is on our block list, POLICY_BLOCKED, 1",
        "550 5.7.1 Access denied, POLICY_BLOCKED, 1",
        "451 4.3.2 Try again later, SERVER_UNAVAILABLE, 4"
    })
    void a_refusal_of_ehlo_survives_the_close_that_follows(String reply, FailureKind kind, int sessions)
            throws Exception {
        server.on(Step.EHLO).always().replyThenClose(reply);
        MailFailure failure = failure(TestSessions.of(server));
        assertThat(failure.phase()).isEqualTo(SmtpPhase.EHLO);
        assertThat(failure.reply()).hasToString("Optional[" + reply + "]");
        assertThat(((Exception) failure).getMessage()).startsWith(reply);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(server.account().opened()).isEqualTo(sessions);
    }

    @Test
    void a_relay_that_only_does_not_know_ehlo_is_greeted_with_helo() throws Exception {
        server.on(Step.EHLO).occurrence(1).reply("502 5.5.1 Command not implemented");
        Attempt.of(Messages.to(TestSessions.of(server).session(), "a@example.com"))
                .agreesWith(server, 1);
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_relay_that_puts_ehlo_off_is_asked_again_and_not_greeted_without_a_login() throws Exception {
        server.on(Step.EHLO).occurrence(1).reply("451 4.3.2 Not now");
        assertThatItIsSentWithALogin();
    }

    @Test
    void a_greeting_too_many_does_not_leave_the_session_one_reply_behind() throws Exception {
        server.on(Step.CONNECT).fault(Fault.TWO_REPLIES, "250 2.0.0 Extra");
        assertThatItIsSentWithALogin();
    }

    @Test
    void what_is_no_reply_to_ehlo_is_not_followed_by_helo() throws Exception {
        server.on(Step.EHLO).fault(Fault.CODE_CHANGE_IN_MULTILINE);
        assertThatItIsSentWithALogin();
    }

    private void assertThatItIsSentWithALogin() throws MessagingException {
        Session session = TestSessions.of(server)
                .as("user", "secret")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
        assertThat(Attempt.of(Messages.to(session, "a@example.com")).thrown()).isEmpty();
        assertThat(server.account().count("HELO")).isZero();
        assertThat(server.account().opened()).isEqualTo(2);
        assertThat(server.account().accepted())
                .singleElement()
                .satisfies(message -> assertThat(message.user()).isEqualTo("user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "PLAIN"})
    void a_login_answered_with_neither_yes_nor_no_is_tried_again(String mechanism) throws Exception {
        server.on(Step.AUTH).occurrence(1).reply("250 2.0.0 Ok");
        Attempt attempt = Attempt.of(Messages.to(
                TestSessions.of(server)
                        .as("user", "secret")
                        .smtp("auth.mechanisms", mechanism)
                        .set("mail.resilient.retry.initial-wait", "1ms")
                        .session(),
                "a@example.com"));
        assertThat(attempt.thrown()).isEmpty();
        assertThat(server.account().opened()).isEqualTo(2);
    }

    @Test
    void a_yes_in_place_of_go_on_is_called_out_of_step_and_tried_again() throws Exception {
        server.on(Step.DATA).occurrence(1).reply("250 2.0.0 Ok");
        Session session = TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
        assertThat(Attempt.of(Messages.to(session, "a@example.com")).thrown()).isEmpty();
        server.on(Step.DATA).always().reply("250 2.0.0 Ok");
        Attempt attempt = Attempt.of(Messages.to(session, "a@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.failure().kind()).isEqualTo(FailureKind.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "PLAIN", "XOAUTH2"})
    void a_login_that_gets_stuck_is_not_called_a_lack_of_mechanisms(String mechanism) throws Exception {
        server.on(Step.AUTH).always().reply("334 !!!not base64###");
        server.on(Step.AUTH_CONTINUE).always().reply("334 %%%still not");
        MailFailure failure =
                failure(TestSessions.of(server).as("user", "secret").smtp("auth.mechanisms", mechanism));
        assertThat(failure).isInstanceOf(AuthenticationFailed.class).isNotInstanceOf(ProtocolFailure.class);
        assertThat(failure.ruleId()).isEqualTo("io:auth-stuck");
        assertThat(failure.phase()).isEqualTo(SmtpPhase.AUTH);
        assertThat(server.account().opened()).isEqualTo(1);
        assertThat(failure.toString()).doesNotContain("secret");
    }

    @Test
    void a_lack_of_mechanisms_is_called_so() throws Exception {
        MailFailure failure =
                failure(TestSessions.of(server).as("user", "secret").smtp("auth.mechanisms", "CRAM-MD5"));
        assertThat(failure.ruleId()).isEqualTo("io:no-auth-mechanism");
    }
}
