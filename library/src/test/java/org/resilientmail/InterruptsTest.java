package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RateLimited;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/**
 * Interrupts at other moments than a wait of one's own: during a pause of the whole account, before the send, within the
 * conversation. The flag always stays set, and nothing is lost.
 */
@Timeout(60)
class InterruptsTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
    private final Callers callers = new Callers();
    private final Sender sender = Sender.real();

    @AfterEach
    void end() {
        callers.close();
        sender.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "5m")
                .set("mail.resilient.retry.max-wait", "5m")
                .set("mail.resilient.retry.deadline", "1h");
    }

    private record Failed(MailFailure failure, boolean flag) {}

    private Call<Failed> failing(Session session) {
        return callers.start(() -> {
            MailFailure failure = sender.failing(session, "a@example.com");
            return new Failed(failure, Thread.currentThread().isInterrupted());
        });
    }

    @Test
    void an_interrupt_ends_a_pause_of_the_account_for_the_thread_that_was_interrupted_and_for_no_other()
            throws Exception {
        server.on(Step.MAIL).reply("450 4.7.0 Rate limit exceeded, try again in 92 seconds");
        Session session = sessions().session();
        Call<Failed> throttled = failing(session);
        sender.awaitWaiting("retry");
        Call<Failed> sending = failing(session);
        sender.awaitWaiting("rate", 1);
        Call<Failed> connecting =
                failing(sessions().smtp("localhost", "another.example.com").session());
        sender.awaitWaiting("rate", 2);
        sending.thread().interrupt();
        assertThat(sending.get().flag()).isTrue();
        assertThat(sending.get().failure().ruleId()).isEqualTo("own:interrupted");
        assertThat(Sender.fates(sending.get().failure())).containsExactly(RecipientState.UNSENT);
        assertThat(connecting.isDone()).isFalse();
        connecting.thread().interrupt();
        assertThat(connecting.get().flag()).isTrue();
        assertThat(connecting.get().failure().ruleId()).isEqualTo("own:interrupted");
        assertThat(throttled.isDone()).isFalse();
        throttled.thread().interrupt();
        assertThat(throttled.get().flag()).isTrue();
        assertThat(throttled.get().failure()).isInstanceOf(RateLimited.class);
        assertThat(server.account().accepted()).isEmpty();
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void a_thread_interrupted_before_its_send_sends_all_the_same_where_it_need_not_wait() {
        assertThat(interruptedBefore(sessions().session()).get()).isTrue();
        assertThat(server.account().copiesPerRecipient()).containsEntry("a@example.com", 1);
    }

    private Call<Boolean> interruptedBefore(Session session) {
        return callers.start(() -> {
            Thread.currentThread().interrupt();
            sender.send(session, "a@example.com");
            return Thread.currentThread().isInterrupted();
        });
    }

    @Test
    void a_thread_interrupted_before_its_send_does_not_begin_to_wait() throws Exception {
        server.on(Step.RCPT).reply("451 4.7.1 Greylisted");
        Session session = sessions().session();
        Call<Failed> call = callers.start(() -> {
            Thread.currentThread().interrupt();
            MailFailure failure = sender.failing(session, "a@example.com");
            return new Failed(failure, Thread.currentThread().isInterrupted());
        });
        assertThat(call.get().flag()).isTrue();
        assertThat(Sender.fates(call.get().failure())).containsExactly(RecipientState.UNSENT);
        sender.send(session, "b@example.com");
        assertThat(server.account().opened()).isEqualTo(1);
    }
}
