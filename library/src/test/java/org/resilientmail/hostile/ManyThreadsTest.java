package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Many threads, interrupts, and one object used by several at once. */
@Timeout(120)
class ManyThreadsTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());

    private TestSessions sessions() {
        return TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.session.max-messages", "7");
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sixty_four_threads_interrupted_at_random_lose_nobody_and_send_nothing_twice() throws Exception {
        Random random = new Random(20_240_601);
        server.on(Step.RCPT).matching(e -> e.occurrence() % 11 == 0).always().reply("451 4.3.0 Later");
        server.on(Step.END_OF_DATA)
                .matching(e -> e.occurrence() % 13 == 0)
                .always()
                .fault(Fault.ACCEPT_THEN_CLOSE);
        server.on(Step.MAIL).matching(e -> e.occurrence() % 17 == 0).always().reset();
        Session session = sessions().session();
        List<Thread> senders = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<List<Attempt>>> tasks = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            int number = t;
            tasks.add(() -> {
                senders.add(Thread.currentThread());
                List<Attempt> attempts = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    attempts.add(Attempt.of(Messages.to(session, "a" + number + "@example.com", "b@example.com")));
                    Thread.interrupted();
                }
                return attempts;
            });
        }
        CompletableFuture<Void> interrupter = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                List<Thread> now = List.copyOf(senders);
                if (!now.isEmpty()) {
                    now.get(random.nextInt(now.size())).interrupt();
                }
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
        });
        List<List<Attempt>> results;
        try {
            results = all(tasks);
        } finally {
            over.set(true);
            interrupter.get(10, TimeUnit.SECONDS);
        }
        for (List<Attempt> attempts : results) {
            for (Attempt attempt : attempts) {
                attempt.agreesWith(server, 1);
            }
        }
        // An interrupt breaks a session off; the server notices a moment after its place was taken by the next one.
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(2 * 4);
        assertThat(server.account().messagesPerSession()).allMatch(count -> count <= 7);
        ResilientMail.closeAll();
    }

    @Test
    void one_message_object_sent_by_two_threads_arrives_whole_and_under_the_id_that_is_told() throws Exception {
        Session session = sessions().session();
        for (int round = 0; round < 20; round++) {
            MimeMessage message = Messages.ofSize(session, 20_000, "a@example.com");
            message.saveChanges();
            server.on(Step.END_OF_DATA).times(2).fault(Fault.ACCEPT_THEN_CLOSE);
            int before = server.account().accepted().size();
            List<Attempt> attempts = all(List.of(() -> direct(session, message), () -> direct(session, message)));
            var accepted = server.account().accepted().subList(before, before + 2);
            assertThat(accepted.get(0).content()).isEqualTo(accepted.get(1).content());
            for (Attempt attempt : attempts) {
                assertThat(((MailFailure) attempt.thrown().orElseThrow()).messageId())
                        .isEqualTo(accepted.get(0).header("Message-ID"));
            }
        }
        ResilientMail.closeAll();
    }

    private static Attempt direct(Session session, MimeMessage message) throws Exception {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            return new Attempt(message, java.util.Optional.empty());
        } catch (jakarta.mail.MessagingException e) {
            return new Attempt(message, java.util.Optional.of(e));
        }
    }
}
