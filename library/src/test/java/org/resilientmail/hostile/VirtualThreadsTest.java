package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/**
 * Hundreds of virtual threads on few sessions; platform threads where the JDK has no others. Java closes the socket that
 * an interrupted virtual thread reads from: that must not cost the verdict on a message.
 */
@Timeout(120)
class VirtualThreadsTest {

    private static final ThreadFactory VIRTUAL = virtualThreads();

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());

    /** {@code Thread.ofVirtual().factory()}, or {@code null} before JDK 21. */
    private static ThreadFactory virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException | UnsupportedOperationException none) {
            return null;
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = VIRTUAL == null ? new Thread(task) : VIRTUAL.newThread(task);
        thread.start();
        return thread;
    }

    private TestSessions sessions() {
        return TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "20ms")
                .set("mail.resilient.retry.max-attempts", "10")
                .set("mail.resilient.session.max-messages", "20");
    }

    @Test
    void three_hundred_of_them_share_four_sessions_and_every_result_agrees_with_the_server() throws Exception {
        server.on(Step.MAIL).matching(e -> e.occurrence() % 13 == 0).always().reset();
        server.on(Step.RCPT).matching(e -> e.occurrence() % 17 == 0).always().reply("451 4.3.0 Later");
        server.on(Step.END_OF_DATA)
                .matching(e -> e.occurrence() % 19 == 0)
                .always()
                .fault(Fault.ACCEPT_THEN_CLOSE);
        Session session = sessions().session();
        List<FutureTask<Attempt>> tasks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            MimeMessage message = Messages.to(session, "a" + i + "@example.com", "b@example.com");
            FutureTask<Attempt> task = new FutureTask<>(() -> Attempt.of(message));
            tasks.add(task);
            start(task);
        }
        for (FutureTask<Attempt> task : tasks) {
            task.get(60, TimeUnit.SECONDS).agreesWith(server, 1);
        }
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(4);
        assertThat(server.account().messagesPerSession()).allMatch(messages -> messages <= 20);
        ResilientMail.closeAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"MAIL", "RCPT", "DATA", "END_OF_DATA"})
    void an_interrupt_of_one_that_waits_for_a_reply_is_told_truly(Step step) throws Exception {
        Session session = sessions().session();
        Gate gate = server.holdAt(step, encounter -> encounter.session() == 1);
        boolean[] flag = new boolean[1];
        FutureTask<Attempt> task = new FutureTask<>(() -> {
            Attempt attempt = Attempt.of(Messages.to(session, "a@example.com"));
            flag[0] = Thread.currentThread().isInterrupted();
            return attempt;
        });
        Thread thread = start(task);
        gate.awaitArrived(1);
        thread.interrupt();
        if (step == Step.END_OF_DATA) {
            gate.release(); // the verdict is waited for
        }
        Attempt attempt = task.get(60, TimeUnit.SECONDS);
        gate.release();
        if (step == Step.END_OF_DATA) {
            server.account().awaitAccepted(1);
        }
        attempt.agreesWith(server, 1);
        assertThat(attempt.told("a@example.com"))
                .isEqualTo(step == Step.END_OF_DATA ? RecipientState.SENT : RecipientState.UNSENT);
        assertThat(flag[0]).isTrue();
        Attempt.of(Messages.to(session, "b@example.com")).agreesWith(server, 1);
        ResilientMail.closeAll();
    }
}
