package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MessageRejected;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Credentials that a relay refuses are not tried until the account is locked. */
@Timeout(60)
class LockOutTest {

    private final ManualTime time = new ManualTime();
    private final Sender sender = Sender.at(time);
    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder()
            .user("alice", "right")
            .user("bob", "bobs")
            .requireAuth()
            .start();

    @AfterEach
    void stop() {
        sender.close();
        server.close();
    }

    private TestSessions as(String user, String password) {
        return TestSessions.of(server).as(user, password);
    }

    private MailFailure failing(String user, String password) {
        return sender.failing(as(user, password).session(), "a@example.com");
    }

    private int logins() {
        return server.account().logins().size();
    }

    @Test
    void a_loop_over_ten_thousand_messages_makes_one_failed_login() {
        Session session = as("alice", "wrong").session();
        for (int i = 0; i < 10_000; i++) {
            assertThat(sender.failing(session, "a@example.com")).isInstanceOf(AuthenticationFailed.class);
        }
        assertThat(logins()).isEqualTo(1);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void a_new_session_with_other_settings_has_the_same_credentials() {
        for (int i = 0; i < 5; i++) {
            Session session = as("alice", "wrong").smtp("timeout", "1" + i).session();
            assertThat(sender.failing(session, "a@example.com")).isInstanceOf(AuthenticationFailed.class);
        }
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void a_remembered_refusal_says_what_the_relay_said_and_when_it_is_tried_again() {
        MailFailure first = failing("alice", "wrong");
        time.advance(Duration.ofSeconds(20));
        MailFailure later = failing("alice", "wrong");

        assertThat(later).isNotSameAs(first).isInstanceOf(AuthenticationFailed.class);
        assertThat(later.reply()).isEqualTo(first.reply()).isPresent();
        assertThat(later.phase()).isEqualTo(SmtpPhase.AUTH);
        assertThat(later.report().classification().ruleId())
                .isEqualTo(first.report().classification().ruleId());
        assertThat(later.attempts()).isZero();
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(later.waitHint()).contains(Duration.ofSeconds(40));
        assertThat(((Exception) later).getMessage())
                .startsWith(first.reply().orElseThrow().toString())
                .contains("refused 20 s ago", "not tried again for 41 s", "auth.initial-wait")
                .doesNotContain("wrong");
    }

    @Test
    void the_rest_doubles_from_a_minute_to_a_quarter_of_an_hour() {
        List<Integer> minutes = List.of(1, 2, 4, 8, 15, 15);
        for (int i = 0; i < minutes.size(); i++) {
            failing("alice", "wrong");
            assertThat(logins()).isEqualTo(i + 1);
            time.advance(Duration.ofMinutes(minutes.get(i)).minusNanos(1));
            failing("alice", "wrong");
            assertThat(logins()).as("just before its end").isEqualTo(i + 1);
            time.advanceNanos(1);
        }
    }

    @Test
    void other_credentials_are_tried_at_once() throws Exception {
        failing("alice", "wrong");
        failing("alice", "wrong too");
        assertThat(logins()).isEqualTo(2);
        sender.send(as("alice", "right").session(), "a@example.com");
        sender.send(as("bob", "bobs").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(2);
        failing("alice", "wrong");
        assertThat(logins())
                .as("the right password does not pardon the wrong one")
                .isEqualTo(4);
    }

    @Test
    void the_same_password_presented_in_another_way_is_tried_at_once() {
        failing("alice", "wrong");
        sender.failing(as("alice", "wrong").smtp("auth.mechanisms", "PLAIN").session(), "a@example.com");
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void credentials_that_are_accepted_again_begin_anew() throws Exception {
        server.on(Step.AUTH).times(2).reply("535 5.7.8 Sorry");
        failing("alice", "right");
        time.advance(Duration.ofMinutes(1));
        failing("alice", "right");
        time.advance(Duration.ofMinutes(2));
        sender.send(as("alice", "right").session(), "a@example.com");
        sender.close();
        server.on(Step.AUTH).times(1).reply("535 5.7.8 Sorry");
        failing("alice", "right");
        time.advance(Duration.ofMinutes(1));
        sender.send(as("alice", "right").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(2);
    }

    @Test
    void a_session_that_lives_serves_on_when_a_second_login_was_refused() throws Exception {
        Session session = as("alice", "right").session();
        Gate gate = server.holdAt(Step.DATA);
        try (Callers callers = new Callers()) {
            var slow = callers.start(() -> {
                sender.send(session, "slow@example.com");
                return true;
            });
            gate.awaitArrived(1);
            server.on(Step.AUTH).always().reply("535 5.7.8 Password was changed");
            assertThat(sender.failing(session, "second@example.com")).isInstanceOf(AuthenticationFailed.class);
            gate.release();
            assertThat(slow.get()).isTrue();
            sender.send(session, "third@example.com");
        }
        assertThat(server.account().accepted()).hasSize(2);
        assertThat(logins()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"454 4.7.0 Temporary authentication failure", "421 4.3.2 Going down", "451 4.3.0 Try later"})
    void a_refusal_for_the_moment_is_not_remembered(String reply) throws Exception {
        server.on(Step.AUTH).times(1).reply(reply);
        sender.failing(
                as("alice", "right")
                        .set("mail.resilient.retry.max-attempts", "1")
                        .session(),
                "a@example.com");
        sender.send(as("alice", "right").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "close", "silence"})
    void no_answer_is_not_a_refusal(String how) throws Exception {
        TestSessions sessions = as("alice", "right").set("mail.resilient.retry.max-attempts", "1");
        switch (how) {
            case "reset" -> server.on(Step.AUTH).times(1).reset();
            case "close" -> server.on(Step.AUTH).times(1).close();
            default -> server.on(Step.AUTH).times(1).silence();
        }
        sender.failing(sessions.smtp("timeout", "200").session(), "a@example.com");
        sender.send(as("alice", "right").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "535 5.7.8 Authentication blocked due to too many failed attempts | 5m",
                "535 5.7.1 The account is locked, try again in 20 minutes | 20m",
                "421 4.7.0 Too many failed login attempts, try again in 90 seconds | 90s"
            })
    void too_many_attempts_wait_as_long_as_the_reply_says(String reply, String wait) throws Exception {
        server.on(Step.AUTH).times(1).reply(reply);
        Duration blocked = Duration.parse("PT" + wait);
        failing("alice", "right");
        time.advance(blocked.minusSeconds(1));
        MailFailure remembered = failing("alice", "right");
        assertThat(remembered.waitHint()).contains(Duration.ofSeconds(1));
        assertThat(server.account().opened()).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        sender.send(as("alice", "right").session(), "a@example.com");
    }

    @Test
    void a_suspended_account_rests_too_and_keeps_its_own_type() throws Exception {
        server.on(Step.AUTH).times(1).reply("550 5.7.1 Blocked by policy: sending is suspended for spam");
        MailFailure first = failing("alice", "right");
        MailFailure second = failing("alice", "right");
        assertThat(second.kind()).isEqualTo(first.kind());
        assertThat(second).hasSameClassAs(first);
        assertThat(second).isInstanceOfAny(AuthenticationFailed.class, MessageRejected.class);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void thirty_threads_with_a_wrong_password_make_one_failed_login() {
        Session session = as("alice", "wrong").session();
        Gate gate = server.holdAt(Step.AUTH);
        try (Callers callers = new Callers()) {
            List<Callers.Call<MailFailure>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(callers.start(() -> sender.failing(session, "a@example.com")));
            }
            gate.awaitArrived(1);
            Eventually.until(
                    "all the others wait",
                    () -> calls.stream()
                                    .filter(call -> call.thread().getState() == Thread.State.TIMED_WAITING)
                                    .count()
                            == 29);
            gate.release();
            assertThat(calls).allSatisfy(call -> assertThat(call.get()).isInstanceOf(AuthenticationFailed.class));
        }
        assertThat(logins()).isEqualTo(1);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void who_waits_for_the_first_login_can_be_interrupted() {
        Session session = as("alice", "right").session();
        Gate gate = server.holdAt(Step.AUTH);
        try (Callers callers = new Callers()) {
            var first = callers.start(() -> {
                sender.send(session, "first@example.com");
                return true;
            });
            gate.awaitArrived(1);
            var second = callers.start(() -> {
                MailFailure failure = sender.failing(session, "second@example.com");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return failure;
            });
            Eventually.until("the second waits", () -> second.thread().getState() == Thread.State.TIMED_WAITING);
            second.thread().interrupt();
            assertThat(second.get().getClass().getSimpleName()).isEqualTo("SessionLimit");
            gate.release();
            assertThat(first.get()).isTrue();
        }
    }

    @Test
    void a_first_login_that_ends_without_an_answer_does_not_hold_the_others_up() {
        Session session = as("alice", "right").session();
        Gate gate = server.holdAt(Step.AUTH);
        server.on(Step.AUTH).times(1).reset();
        try (Callers callers = new Callers()) {
            List<Callers.Call<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(callers.start(() -> {
                    sender.send(session, "a@example.com");
                    return true;
                }));
            }
            gate.awaitArrived(1);
            gate.release();
            assertThat(calls).allSatisfy(call -> assertThat(call.get()).isTrue());
        }
        assertThat(server.account().accepted()).hasSize(8);
    }

    @Test
    void a_listener_that_sends_while_the_first_session_opens_does_not_wait_for_itself() throws Exception {
        Session session = as("alice", "right").session();
        List<String> sent = new ArrayList<>();
        sender.engine().addListener(event -> {
            if (event instanceof DeliveryEvent.SessionOpened && sent.isEmpty()) {
                sent.add("inner");
                try {
                    sender.send(session, "inner@example.com");
                } catch (jakarta.mail.MessagingException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        sender.send(session, "outer@example.com");
        assertThat(server.account().accepted()).hasSize(2);
    }

    @Test
    void nought_seconds_switch_it_off() {
        for (int i = 0; i < 3; i++) {
            sender.failing(
                    as("alice", "wrong")
                            .set("mail.resilient.auth.initial-wait", "0s")
                            .session(),
                    "a@example.com");
        }
        assertThat(logins()).isEqualTo(3);
    }

    @Test
    void an_operator_who_has_unlocked_the_account_need_not_wait() throws Exception {
        server.on(Step.AUTH).times(1).reply("535 5.7.8 Sorry");
        failing("alice", "right");
        sender.engine().forgetRefusedLogins();
        sender.send(as("alice", "right").session(), "a@example.com");
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void an_application_that_connects_itself_gets_the_remembered_refusal_too() throws Exception {
        failing("alice", "wrong");
        try (ResilientTransport transport =
                sender.transport(as("alice", "wrong").session())) {
            assertThatThrownBy(transport::connect).isInstanceOf(AuthenticationFailed.class);
            assertThat(transport.isConnected()).isFalse();
        }
        assertThat(logins()).isEqualTo(1);
    }
}
