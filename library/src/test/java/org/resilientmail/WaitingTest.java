package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.failure.SessionLimit;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What a thread holds while it waits (nothing), and what an interrupt does to each kind of wait. */
@Timeout(60)
class WaitingTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
    private final Callers callers = new Callers();
    private Sender sender = Sender.real();

    @AfterEach
    void end() {
        callers.close();
        sender.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server)
                .set("mail.resilient.session.max-open", "1")
                .set("mail.resilient.session.max-wait", "5m")
                .set("mail.resilient.rate.max-wait", "5m")
                .set("mail.resilient.retry.initial-wait", "5m")
                .set("mail.resilient.retry.max-wait", "5m")
                .set("mail.resilient.retry.deadline", "1h");
    }

    private record Interrupted(MailFailure failure, boolean flag) {}

    private Call<Interrupted> failing(Session session, String... recipients) {
        return callers.start(() -> {
            MailFailure failure = sender.failing(session, recipients);
            return new Interrupted(failure, Thread.currentThread().isInterrupted());
        });
    }

    @Test
    void an_interrupt_ends_the_back_off_and_others_could_send_meanwhile() throws Exception {
        server.on(Step.RCPT).to("later@example.com").reply("451 4.7.1 Greylisted");
        Session session = sessions().smtp("sendpartial", "true").session();
        Call<Interrupted> call = failing(session, "now@example.com", "later@example.com");
        sender.awaitWaiting("retry");
        sender.send(session, "other@example.com"); // over the one session there may be
        call.thread().interrupt();
        Interrupted result = call.get();
        assertThat(result.flag()).isTrue();
        assertThat(Sender.fates(result.failure())).containsExactly(RecipientState.SENT, RecipientState.UNSENT);
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("now@example.com", "other@example.com");
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_for_a_rate() throws Exception {
        Session session = sessions().set("mail.resilient.rate.messages", "1/4m").session();
        sender.send(session, "a@example.com");
        Call<Interrupted> call = failing(session, "b@example.com", "c@example.com");
        sender.awaitWaiting("rate");
        sender.send(sessions().session(), "without-a-rate@example.com");
        call.thread().interrupt();
        Interrupted result = call.get();
        assertThat(result.flag()).isTrue();
        assertThat(result.failure().ruleId()).isEqualTo("own:interrupted");
        assertThat(Sender.fates(result.failure())).containsExactly(RecipientState.UNSENT, RecipientState.UNSENT);
        assertThat(server.account().accepted()).hasSize(2);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_for_a_session_and_loses_nothing() throws Exception {
        Session session = sessions().session();
        sender.send(session, "first@example.com");
        Gate gate = server.holdAt(Step.END_OF_DATA);
        Call<Void> sending = callers.start(() -> {
            sender.send(session, "slow@example.com");
            return null;
        });
        gate.awaitArrived(1);
        Call<Interrupted> call = failing(session, "b@example.com");
        sender.awaitWaiting("session");
        Call<Void> next = callers.start(() -> {
            sender.send(session, "next@example.com");
            return null;
        });
        sender.awaitWaiting("session", 2);
        call.thread().interrupt();
        Interrupted result = call.get();
        assertThat(result.flag()).isTrue();
        assertThat(result.failure()).isInstanceOf(SessionLimit.class);
        assertThat(result.failure().ruleId()).isEqualTo("own:interrupted");
        assertThat(Sender.fates(result.failure())).containsExactly(RecipientState.UNSENT);
        gate.release();
        sending.get();
        next.get();
        assertThat(server.account().copiesPerRecipient())
                .containsOnlyKeys("first@example.com", "slow@example.com", "next@example.com");
        assertThat(server.account().maxOpenSessions()).isEqualTo(1);
    }

    @Test
    void a_wait_for_a_session_ends_in_time_with_the_numbers_and_its_permit_is_given_back() throws Exception {
        Gate gate = server.holdAt(Step.END_OF_DATA);
        TestSessions rated = sessions().set("mail.resilient.rate.messages", "2/1h");
        Session patient = rated.session();
        Session impatient = rated.set("mail.resilient.session.max-wait", "50ms")
                .set("mail.resilient.rate.max-wait", "0s")
                .session();
        Call<Void> sending = callers.start(() -> {
            sender.send(patient, "slow@example.com");
            return null;
        });
        gate.awaitArrived(1);
        for (int i = 0; i < 3; i++) {
            MailFailure failure = sender.failing(impatient, "b@example.com");
            assertThat(failure.ruleId()).isEqualTo("own:max-wait");
            assertThat(((Exception) failure).getMessage())
                    .contains("1 open (1 in use, 0 idle, 0 opening or closing)", "at most 1 at once");
        }
        gate.release();
        sending.get();
        sender.send(impatient, "c@example.com");
        assertThat(sender.failing(impatient, "d@example.com").ruleId()).isEqualTo("own:rate");
    }

    @Test
    void a_throttle_of_the_account_slows_the_other_threads_too() throws Exception {
        ManualTime time = new ManualTime();
        CountDownLatch otherWaits = new CountDownLatch(1);
        CountDownLatch throttled = new CountDownLatch(1);
        List<String> waited = new CopyOnWriteArrayList<>();
        sender = Sender.at(time, wait -> {
            waited.add(Thread.currentThread().getName() + " " + wait.toSeconds());
            if (throttled.getCount() > 0) {
                throttled.countDown();
                otherWaits.await(); // the throttled thread waits, and the clock stands still, until the other waits too
                time.sleep(wait);
            } else {
                otherWaits.countDown();
            }
        });
        server.on(Step.MAIL).reply("450 4.7.0 Rate limit exceeded, try again in 92 seconds");
        Session session = sessions().session();
        Call<Void> first = callers.start(() -> {
            sender.send(session, "a@example.com");
            return null;
        });
        throttled.await();
        Call<Void> second = callers.start(() -> {
            sender.send(session, "b@example.com");
            return null;
        });
        first.get();
        second.get();
        assertThat(waited)
                .containsExactly(
                        first.thread().getName() + " 92", second.thread().getName() + " 92");
        assertThat(server.account().accepted()).hasSize(2);
    }

    @Test
    void a_throttle_longer_than_the_call_may_wait_is_told_to_the_other_threads_at_once() throws Exception {
        ManualTime time = new ManualTime();
        sender = Sender.at(time);
        server.on(Step.MAIL).reply("450 4.7.0 Rate limit exceeded, try again in 92 seconds");
        TestSessions common = sessions();
        Session patient = common.session();
        Session hasty = common.set("mail.resilient.retry.deadline", "1m")
                .set("mail.resilient.retry.initial-wait", "1s")
                .set("mail.resilient.retry.max-wait", "1s")
                .session();
        // The first thread only learns that it would have to wait for longer than it may.
        assertThat(sender.failing(hasty, "a@example.com").waitHint()).contains(Duration.ofSeconds(92));
        assertThat(sender.failing(hasty, "b@example.com").ruleId()).isEqualTo("own:paused");
        assertThat(server.account().count("MAIL")).isEqualTo(1);
        sender.send(patient, "c@example.com");
        assertThat(time.slept()).containsExactly(Duration.ofSeconds(92));
    }

    @Test
    void too_many_sessions_at_once_is_learned_from_the_refusal() throws Exception {
        ScriptedSmtpServer two = leaks.closeAfterwards(ScriptedSmtpServer.builder()
                .maxSessions(2, Step.CONNECT, "421 4.7.0 Too many concurrent sessions from your account")
                .start());
        ManualTime time = new ManualTime();
        sender = Sender.at(time);
        Session session = TestSessions.of(two).session();
        Gate gate = two.holdAt(Step.MAIL);
        Call<Void> first = callers.start(() -> send(session, "a@example.com"));
        gate.awaitArrived(1);
        Call<Void> second = callers.start(() -> send(session, "b@example.com"));
        gate.awaitArrived(2);
        Call<Void> third = callers.start(() -> send(session, "c@example.com"));
        sender.awaitWaiting("session"); // refused, learned, and now in line for one of the two
        gate.release();
        first.get();
        second.get();
        third.get();
        for (int i = 0; i < 5; i++) {
            sender.send(session, "d@example.com");
        }
        assertThat(two.account().accepted()).hasSize(8);
        assertThat(two.account().opened()).as("one was refused, once").isEqualTo(3);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class)).hasSize(1);
        assertThat(time.slept()).isEmpty();
    }

    private Void send(Session session, String recipient) throws Exception {
        sender.send(session, recipient);
        return null;
    }

    @Test
    void a_listener_that_throws_whatever_it_likes_changes_nothing() throws Exception {
        sender.engine().addListener(event -> {
            throw new StackOverflowError("as the test wants it");
        });
        server.on(Step.RCPT).reply("452 4.5.3 Too many recipients");
        Session session = sessions().session();
        sender.send(session, "a@example.com", "b@example.com");
        sender.send(session, "c@example.com");
        assertThat(server.account().copiesPerRecipient()).hasSize(3);
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().opened()).isEqualTo(1);
    }
}
