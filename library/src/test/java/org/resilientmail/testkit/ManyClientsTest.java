package org.resilientmail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManyClientsTest {

    private static final int CLIENTS = 64;
    private static final int MESSAGES = 5;

    @Test
    void sixty_four_clients_at_once_are_all_served_and_none_is_left_behind() throws Exception {
        LeakCheck leaks = LeakCheck.ofThreads("scripted-smtp");
        leaks.begin();
        ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Gate together = server.holdAt(Step.END_OF_DATA, encounter -> encounter.message() == 1);
        ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
        try {
            Session session = TestSessions.of(server).plainAngus().session();
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(executor.submit(() -> sendSome(session)));
            }
            together.awaitArrived(CLIENTS);
            assertThat(together.waiting()).isEqualTo(CLIENTS);
            assertThat(server.account().openSessions()).isEqualTo(CLIENTS);
            assertThat(server.account().accepted()).isEmpty();
            together.releaseOne();
            server.account().awaitAccepted(1);
            together.release();
            for (Future<?> client : clients) {
                client.get(30, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
            server.account().awaitOpenSockets(0);
            server.close();
        }

        assertThat(server.account().maxOpenSessions()).isEqualTo(CLIENTS);
        assertThat(server.account().accepted()).hasSize(CLIENTS * MESSAGES);
        assertThat(server.account().copies()).hasSize(CLIENTS * MESSAGES);
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().messagesPerSession()).hasSize(CLIENTS).containsOnly(MESSAGES);
        leaks.assertNothingLeft();
    }

    private static Void sendSome(Session session) throws Exception {
        try (Transport transport = session.getTransport()) {
            transport.connect();
            for (int i = 0; i < MESSAGES; i++) {
                var message = Messages.to(session);
                message.saveChanges();
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        return null;
    }

    @Test
    void a_server_closes_over_open_sessions_and_closed_gates_without_leaving_a_thread() throws Exception {
        LeakCheck leaks = LeakCheck.ofThreads("scripted-smtp");
        leaks.begin();
        ScriptedSmtpServer server = ScriptedSmtpServer.start();
        Gate gate = server.holdAt(Step.EHLO);
        try (RawClient idle = new RawClient(server);
                RawClient held = new RawClient(server)) {
            held.reply();
            held.send("EHLO x\r\n");
            gate.awaitArrived(1);
            idle.reply();
            server.close();
            leaks.assertNothingLeft();
            assertThat(server.account().openSockets()).isZero();
        }
    }

    @Test
    void a_thread_left_behind_is_found_and_named() throws Exception {
        LeakCheck leaks = LeakCheck.ofThreads("left-behind", Duration.ofMillis(50));
        CountDownLatch end = new CountDownLatch(1);
        Thread before = startWaiting("left-behind-before", end);
        leaks.begin();
        leaks.assertNothingLeft();
        Thread after = startWaiting("left-behind-after", end);
        try {
            assertThatThrownBy(leaks::assertNothingLeft)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("left-behind-after")
                    .hasMessageNotContaining("left-behind-before");
        } finally {
            end.countDown();
            after.join();
            before.join();
        }
        leaks.assertNothingLeft();
    }

    @Test
    void a_connection_left_open_is_found() throws Exception {
        LeakCheck leaks = LeakCheck.ofThreads("nobody", Duration.ofMillis(50));
        try (ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
                RawClient client = RawClient.greeted(server)) {
            assertThatThrownBy(leaks::assertNothingLeft)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("1 sockets are open, not 0");
            assertThat(client.ask("QUIT")).startsWith("221");
            assertThatThrownBy(leaks::assertNothingLeft).hasMessageContaining("1 sockets are open, not 0");
        }
    }

    private static Thread startWaiting(String name, CountDownLatch end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                name);
        thread.start();
        return thread;
    }
}
