package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MessageRejected;
import org.resilientmail.failure.RateLimited;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.failure.ServerUnavailable;
import org.resilientmail.failure.SessionLimit;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** How long one call goes on, what it waits, and what becomes of each recipient. No wait takes real time. */
@Timeout(60)
class RetryTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ManualTime time = new ManualTime();
    private final Sender sender = Sender.at(time);
    private ScriptedSmtpServer server;

    @AfterEach
    void end() {
        sender.close();
    }

    private TestSessions serve(ServerBuilder builder) {
        server = leaks.closeAfterwards(builder.start());
        return TestSessions.of(server).set("mail.resilient.retry.jitter", "0");
    }

    private TestSessions serve() {
        return serve(ScriptedSmtpServer.builder());
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void exactly_as_many_attempts_are_made_as_allowed(int most) {
        TestSessions sessions = serve().set("mail.resilient.retry.max-attempts", Integer.toString(most));
        server.on(Step.MAIL).always().reply("451 4.3.0 Temporary lookup failure");
        MailFailure failure = sender.failing(sessions.session(), "a@example.com");
        assertThat(failure).isInstanceOf(ServerUnavailable.class);
        assertThat(failure.attempts()).isEqualTo(most);
        assertThat(server.account().count("MAIL")).isEqualTo(most);
        assertThat(time.slept()).hasSize(most - 1);
        assertThat(Sender.fates(failure)).containsExactly(RecipientState.UNSENT);
    }

    @Test
    void no_wait_goes_beyond_the_deadline() {
        TestSessions sessions =
                serve().set("mail.resilient.retry.initial-wait", "4s").set("mail.resilient.retry.deadline", "10s");
        server.on(Step.MAIL).always().reply("451 4.3.0 Temporary lookup failure");
        MailFailure failure = sender.failing(sessions.session(), "a@example.com");
        assertThat(failure.attempts()).isEqualTo(2);
        assertThat(time.slept()).containsExactly(seconds(4));
    }

    @Test
    void the_wait_the_reply_names_is_the_one_that_is_waited() throws Exception {
        TestSessions sessions = serve();
        server.on(Step.MAIL).reply("450 4.7.0 Rate limit exceeded, try again in 92 seconds");
        sender.send(sessions.session(), "a@example.com");
        assertThat(time.slept()).containsExactly(seconds(92));
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_wait_longer_than_the_deadline_is_left_to_the_caller_with_its_hint() {
        TestSessions sessions = serve().set("mail.resilient.retry.deadline", "1m");
        server.on(Step.MAIL).always().reply("450 4.7.0 Rate limit exceeded, try again in 92 seconds");
        MailFailure failure = sender.failing(sessions.session(), "a@example.com");
        assertThat(failure).isInstanceOf(RateLimited.class);
        assertThat(failure.waitHint()).contains(seconds(92));
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(time.slept()).isEmpty();
    }

    @Test
    void a_relay_that_refuses_every_session_ends_the_call() {
        TestSessions sessions = serve().set("mail.resilient.retry.deadline", "1h");
        server.on(Step.CONNECT).always().replyThenClose("421 4.7.0 Too many concurrent sessions");
        MailFailure failure = sender.failing(sessions.session(), "a@example.com");
        assertThat(failure).isInstanceOf(SessionLimit.class);
        assertThat(server.account().opened())
                .as("three free tries, then four attempts")
                .isEqualTo(7);
        assertThat(time.slept()).hasSize(6).allMatch(wait -> wait.compareTo(seconds(61)) < 0);
    }

    @Test
    void a_session_limit_spends_no_attempt() throws Exception {
        TestSessions sessions = serve().set("mail.resilient.retry.max-attempts", "1");
        server.on(Step.MAIL).session(1).message(2).replyThenClose("421 4.7.0 Too many messages in this session");
        Session session = sessions.session();
        sender.send(session, "a@example.com");
        sender.send(session, "b@example.com");
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
        assertThat(time.slept()).isEmpty();
        assertThat(sender.heard(DeliveryEvent.Retrying.class))
                .singleElement()
                .satisfies(event -> assertThat(event.spendsAttempt()).isFalse());
    }

    @Test
    void the_number_of_messages_per_session_is_learned_once() throws Exception {
        TestSessions sessions = serve(ScriptedSmtpServer.builder()
                .maxMessagesPerSession(3, "452 4.5.3 Too many messages sent in this session"));
        Session session = sessions.session();
        for (int i = 0; i < 12; i++) {
            sender.send(session, "a@example.com");
        }
        assertThat(server.account().messagesPerSession()).containsExactly(3, 3, 3, 3);
        assertThat(server.account().count("MAIL")).isEqualTo(13);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class)).hasSize(1);
    }

    @Test
    void announced_limits_are_kept_before_they_are_hit() throws Exception {
        TestSessions sessions = serve(ScriptedSmtpServer.builder()
                .extension("LIMITS RCPTMAX=5 MAILMAX=2")
                .maxRecipients(5, "452 4.5.3 Too many recipients")
                .maxMessagesPerSession(2, "421 4.7.0 Too many messages in this session"));
        Session session = sessions.session();
        sender.send(session, recipients(12));
        sender.send(session, recipients(12));
        assertThat(server.account().copiesPerRecipient()).hasSize(12);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(2);
        assertThat(server.account().count("RCPT")).isEqualTo(24);
        assertThat(server.account().count("MAIL")).isEqualTo(6);
        assertThat(server.account().messagesPerSession()).containsExactly(2, 2, 2);
    }

    @Test
    void the_number_of_recipients_is_learned_once() throws Exception {
        TestSessions sessions = serve(ScriptedSmtpServer.builder().maxRecipients(10, "452 4.5.3 Too many recipients"));
        Session session = sessions.session();
        sender.send(session, recipients(30));
        int refused = server.account().count("RCPT") - 30;
        sender.send(session, recipients(30));
        assertThat(refused).isPositive();
        assertThat(server.account().count("RCPT"))
                .as("the second time none was refused")
                .isEqualTo(60 + refused);
        assertThat(server.account().copiesPerRecipient().values()).hasSize(30).containsOnly(2);
        assertThat(server.account().duplicates()).isEmpty();
    }

    @Test
    void a_lifetime_that_was_hit_is_kept_from_then_on() throws Exception {
        TestSessions sessions =
                serve().set("mail.resilient.session.max-idle", "10m").set("mail.resilient.session.max-lifetime", "10m");
        server.on(Step.MAIL).session(1).message(2).replyThenClose("421 4.4.2 Session lifetime exceeded");
        Session session = sessions.session();
        sender.send(session, "a@example.com");
        time.advance(seconds(100));
        sender.send(session, "b@example.com");
        time.advance(seconds(89));
        sender.send(session, "c@example.com");
        time.advance(seconds(1));
        sender.send(session, "d@example.com");
        assertThat(server.account().messagesPerSession()).containsExactly(1, 2, 1);
        assertThat(server.account().count("MAIL")).isEqualTo(5);
    }

    @Test
    void a_greeting_of_421_is_tried_again_and_its_words_are_kept() throws Exception {
        TestSessions sessions = serve();
        server.on(Step.CONNECT).replyThenClose("421 4.3.2 Service not available, try later");
        sender.send(sessions.session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(1);
        assertThat(time.slept()).containsExactly(Duration.ofMillis(500));

        server.on(Step.CONNECT).always().replyThenClose("421 4.3.2 Service not available, try later");
        sender.close();
        MailFailure failure = sender.failing(sessions.session(), "b@example.com");
        assertThat(failure).isInstanceOf(ServerUnavailable.class);
        assertThat(((Exception) failure).getMessage()).startsWith("421 4.3.2 Service not available, try later");
    }

    @Test
    void a_454_at_auth_is_not_a_wrong_password() throws Exception {
        TestSessions sessions =
                serve(ScriptedSmtpServer.builder().user("alice", "right").requireAuth());
        server.on(Step.AUTH).reply("454 4.7.0 Temporary authentication failure");
        sender.send(sessions.as("alice", "right").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(1);
        sender.close();
        server.on(Step.AUTH).always().reply("454 4.7.0 Temporary authentication failure");
        MailFailure failure = sender.failing(sessions.session(), "a@example.com");
        assertThat(failure).isInstanceOf(ServerUnavailable.class).isNotInstanceOf(AuthenticationFailed.class);
        assertThat(failure.attempts()).isEqualTo(4);
    }

    @Test
    void a_message_over_the_announced_size_is_refused_before_mail_and_the_session_stays() throws Exception {
        TestSessions sessions = serve(ScriptedSmtpServer.builder().maxSize(10_000));
        Session session = sessions.session();
        sender.send(session, "a@example.com");
        MimeMessage large = Messages.ofSize(session, 20_000, "b@example.com");
        MailFailure failure = failureOf(large, session);
        assertThat(failure).isInstanceOf(MessageRejected.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
        assertThat(((Exception) failure).getMessage()).contains("at most 10000");
        assertThat(Sender.fates(failure)).containsExactly(RecipientState.UNSENT);
        sender.send(session, "c@example.com");
        assertThat(server.account().count("MAIL")).isEqualTo(2);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    private MailFailure failureOf(MimeMessage message, Session session) {
        try {
            sender.send(message, session);
        } catch (jakarta.mail.MessagingException e) {
            return (MailFailure) e;
        }
        throw new AssertionError("the send did not fail");
    }

    private static String[] recipients(int n) {
        return IntStream.range(0, n).mapToObj(i -> "r" + i + "@example.com").toArray(String[]::new);
    }

    @Test
    void the_fate_of_all_120_recipients_is_told_when_the_third_envelope_fails() {
        TestSessions sessions = serve().set("mail.resilient.message.max-recipients", "40");
        server.on(Step.MAIL)
                .matching(encounter -> encounter.occurrence() >= 3)
                .always()
                .reply("550 5.7.1 Sender address rejected: not allowed");
        MailFailure failure = sender.failing(sessions.session(), recipients(120));
        assertThat(failure.recipients()).hasSize(120);
        assertThat(Sender.fates(failure))
                .isEqualTo(Stream.concat(
                                Collections.nCopies(80, RecipientState.SENT).stream(),
                                Collections.nCopies(40, RecipientState.UNSENT).stream())
                        .toList());
        assertThat(failure.recipients().get(119).address().getAddress()).isEqualTo("r119@example.com");
        SendFailedException toAngus = (SendFailedException) failure;
        assertThat(toAngus.getValidSentAddresses()).hasSize(80);
        assertThat(toAngus.getValidUnsentAddresses()).hasSize(40);
        assertThat(server.account().copiesPerRecipient()).hasSize(80);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(1);
    }

    @Test
    void with_sendpartial_the_accepted_are_never_addressed_again_and_the_deferred_are_resumed() throws Exception {
        TestSessions sessions = serve().smtp("sendpartial", "true");
        server.on(Step.RCPT).to("later@example.com").times(2).reply("451 4.7.1 Greylisted");
        sender.send(sessions.session(), "a@example.com", "later@example.com", "b@example.com");
        assertThat(server.account().accepted())
                .extracting(message -> message.recipients())
                .containsExactly(List.of("a@example.com", "b@example.com"), List.of("later@example.com"));
        assertThat(server.account().count("RCPT")).isEqualTo(5);
        assertThat(server.account().accepted())
                .extracting(message -> message.header("Message-ID"))
                .containsOnly(server.account().accepted().get(0).header("Message-ID"));
    }

    @Test
    void with_sendpartial_the_rejected_are_reported_though_the_rest_succeeds_later() {
        TestSessions sessions = serve().smtp("sendpartial", "true");
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
        server.on(Step.RCPT).to("later@example.com").reply("451 4.7.1 Greylisted");
        MailFailure failure =
                sender.failing(sessions.session(), "a@example.com", "nobody@example.com", "later@example.com");
        assertThat(failure).isInstanceOf(RecipientRejected.class);
        assertThat(Sender.fates(failure))
                .containsExactly(RecipientState.SENT, RecipientState.REJECTED, RecipientState.SENT);
        assertThat(((SendFailedException) failure).getInvalidAddresses())
                .extracting(Address::toString)
                .containsExactly("nobody@example.com");
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com", "later@example.com");
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(Stream.of(server.account().session(1).commands().toArray(String[]::new))
                        .filter(command -> command.contains("nobody@")))
                .as("a rejected one is not asked for again")
                .hasSize(1);
    }

    @Test
    void failures_of_several_envelopes_make_a_chain_that_ends() {
        TestSessions sessions = serve().smtp("sendpartial", "true").set("mail.resilient.message.max-recipients", "2");
        server.on(Step.RCPT).to(address -> address.startsWith("r")).always().reply("550 5.1.1 User unknown");
        MailFailure failure = sender.failing(sessions.session(), recipients(6));
        assertThat(Sender.fates(failure)).hasSize(6).containsOnly(RecipientState.REJECTED);
        int length = 0;
        for (Exception next = (Exception) failure;
                next != null;
                next = next instanceof jakarta.mail.MessagingException mail ? mail.getNextException() : null) {
            assertThat(++length).isLessThan(100);
        }
    }
}
