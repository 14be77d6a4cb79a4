package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.pool.PoolStatus;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;
import org.resilientmail.testkit.UnconnectedSockets;

/**
 * Twenty messages per session, at a relay that is 40 ms away as far as the engine's clock can tell: the next session is
 * there before the last message of the old one, and nothing goes wrong for a sender when it cannot be had.
 */
@Timeout(120)
class RotationTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(40);

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ManualTime time = new ManualTime();
    private Sender sender = Sender.at(time);
    private ScriptedSmtpServer server;

    @AfterEach
    void end() {
        sender.close();
    }

    private void serve(ServerBuilder builder) {
        server = leaks.closeAfterwards(
                builder.user("alice", "secret").requireAuth().start());
        passTimeAt(Step.AUTH, ROUND_TRIP.multipliedBy(7));
        passTimeAt(Step.MAIL, ROUND_TRIP);
    }

    private void passTimeAt(Step step, Duration passing) {
        server.on(step)
                .matching(encounter -> {
                    time.advance(passing);
                    return false;
                })
                .always()
                .close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).as("alice", "secret").set("mail.resilient.session.max-messages", "20");
    }

    private void send(Session session, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            sender.send(session, "a@example.com");
        }
    }

    private PoolStatus pool() {
        return sender.engine()
                .account(new AccountId("smtp", server.host(), server.port(), "alice"))
                .pool()
                .status();
    }

    private void awaitIdle(int sessions) {
        Eventually.until(sessions + " idle sessions", () -> pool().idle() == sessions && pool().changing() == 0);
    }

    @Test
    void the_next_session_is_logged_in_before_the_last_message_of_the_old_one_is_sent() throws Exception {
        serve(ScriptedSmtpServer.builder());
        Session session = sessions().set("mail.resilient.session.max-open", "2").session();
        for (int n = 1; n <= 4; n++) {
            send(session, 19);
            awaitIdle(2);
            assertThat(server.account().logins()).hasSize(n + 1).allMatch(login -> login.accepted());
            send(session, 1);
        }
        assertThat(server.account().messagesPerSession()).containsExactly(20, 20, 20, 20, 0);
        assertThat(server.account().maxOpenSessions()).isEqualTo(2);
        assertThat(sender.heard(DeliveryEvent.SessionOpened.class)).hasSize(5);
        Eventually.until(
                "four ends are told",
                () -> sender.heard(DeliveryEvent.SessionClosed.class).size() == 4);
        assertThat(sender.heard(DeliveryEvent.SessionClosed.class))
                .allMatch(event -> event.reason().equals("max-messages") && event.messages() == 20);
    }

    @Test
    void a_few_messages_open_one_session() throws Exception {
        serve(ScriptedSmtpServer.builder());
        send(sessions().session(), 9);
        sender.close();
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void with_one_session_at_once_there_is_never_a_second() throws Exception {
        serve(ScriptedSmtpServer.builder());
        send(sessions().set("mail.resilient.session.max-open", "1").session(), 41);
        assertThat(server.account().messagesPerSession()).containsExactly(20, 20, 1);
        assertThat(server.account().maxOpenSessions()).isEqualTo(1);
    }

    @Test
    void a_login_refused_in_the_background_fails_no_send_before_its_time_and_is_not_repeated() throws Exception {
        serve(ScriptedSmtpServer.builder());
        server.on(Step.AUTH).session(2).reply("535 5.7.8 Authentication credentials invalid");
        Session session = sessions().session();
        send(session, 20);
        Eventually.until("the old session is closed", () -> pool().open() == 0);
        assertThat(server.account().logins()).hasSize(2);
        assertThat(sender.failing(session, "a@example.com")).isInstanceOf(AuthenticationFailed.class);
        assertThat(server.account().logins()).as("it is known already").hasSize(2);
        time.advance(Duration.ofMinutes(2));
        send(session, 1);
        assertThat(server.account().accepted()).hasSize(21);
    }

    @Test
    void a_relay_that_takes_one_session_only_is_asked_once_for_a_second_and_believed() throws Exception {
        serve(ScriptedSmtpServer.builder()
                .maxSessions(1, Step.CONNECT, "421 4.7.0 Too many concurrent SMTP connections"));
        Session session = sessions().session();
        send(session, 19);
        Eventually.until(
                "the limit is learned",
                () -> !sender.heard(DeliveryEvent.LimitLearned.class).isEmpty());
        send(session, 41);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.limit()).isEqualTo(LimitKind.SESSIONS_AT_ONCE);
                    assertThat(event.value()).isEqualTo(1);
                });
        assertThat(server.account().messagesPerSession()).containsExactly(20, 0, 20, 20);
        assertThat(sender.heard(DeliveryEvent.Retrying.class)).isEmpty();
    }

    @Test
    void a_use_that_ends_in_a_pause_of_the_account_has_none_opened() throws Exception {
        serve(ScriptedSmtpServer.builder());
        List<PoolStatus> whilePausing = new ArrayList<>();
        sender = Sender.at(time, wait -> {
            whilePausing.add(pool());
            time.advance(wait);
        });
        server.on(Step.MAIL).message(10).reply("450 4.7.1 Rate limit exceeded, try again in 1 second");
        send(sessions().session(), 10);
        assertThat(whilePausing).isNotEmpty().containsOnly(new PoolStatus(0, 1, 0, 0));
    }

    @Test
    void while_the_account_pauses_none_is_opened() throws Exception {
        serve(ScriptedSmtpServer.builder());
        sender = Sender.at(time, wait -> {}); // an impatient one, that sends all the same
        sender.engine()
                .account(new AccountId("smtp", server.host(), server.port(), "alice"))
                .pause(Duration.ofMinutes(1), OwnFailures.deadline());
        send(sessions().session(), 20);
        sender.close();
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void with_a_login_in_doubt_none_is_opened() throws Exception {
        serve(ScriptedSmtpServer.builder());
        send(sessions().session(), 1);
        server.on(Step.AUTH).session(2).reply("535 5.7.8 Authentication credentials invalid");
        sender.failing(sessions().smtp("timeout", "9000").session(), "a@example.com");
        send(sessions().session(), 19);
        sender.close();
        assertThat(server.account().logins()).hasSize(2);
        assertThat(server.account().opened()).isEqualTo(2);
    }

    @Test
    void shortly_after_too_many_sessions_none_is_opened_though_no_limit_was_learned() throws Exception {
        serve(ScriptedSmtpServer.builder());
        sender = Sender.at(time, wait -> {});
        Session session = sessions().session();
        Session other = sessions().smtp("timeout", "9000").session();
        send(session, 1);
        sender.engine().closeSessions(); // the relay may count it still
        send(session, 1);
        server.on(Step.CONNECT).session(3).replyThenClose("421 4.7.0 Too many concurrent SMTP connections");
        send(other, 1);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class)).isEmpty();
        send(session, 19);
        sender.close();
        assertThat(server.account().messagesPerSession()).containsExactly(1, 20, 0, 1);
    }

    @Test
    void closing_all_in_the_middle_of_it_closes_the_fresh_session_too() throws Exception {
        serve(ScriptedSmtpServer.builder());
        Gate gate = server.holdAt(Step.EHLO, encounter -> encounter.session() == 2);
        send(sessions().session(), 19);
        gate.awaitArrived(1);
        sender.engine().closeSessions();
        gate.release();
        server.account().awaitOpenSessions(0);
        Eventually.until("nothing is left", () -> pool().open() == 0);
        assertThat(server.account().session(2).count("QUIT")).isEqualTo(1);
    }

    @Test
    void the_fresh_session_idles_out_when_nobody_sends_any_more() throws Exception {
        serve(ScriptedSmtpServer.builder());
        send(sessions().set("mail.resilient.session.max-idle", "2s").session(), 19);
        awaitIdle(2);
        time.advance(Duration.ofSeconds(2));
        server.account().awaitOpenSessions(0);
        assertThat(server.account().sessions()).allMatch(session -> session.count("QUIT") == 1);
    }

    @Test
    void the_cap_holds_under_many_threads_with_pauses_of_all_lengths() throws Exception {
        sender.close();
        sender = Sender.real();
        serve(ScriptedSmtpServer.builder());
        Session session = sessions()
                .set("mail.resilient.session.max-messages", "7")
                .set("mail.resilient.session.max-open", "3")
                .session();
        try (Callers callers = new Callers()) {
            List<Call<Void>> calls = new ArrayList<>();
            for (int t = 0; t < 5; t++) {
                Random random = new Random(t);
                int number = t;
                calls.add(callers.start(() -> {
                    for (int i = 0; i < 60; i++) {
                        sender.send(session, "r" + number + "." + i + "@example.com");
                        long until = System.nanoTime() + random.nextInt(3) * random.nextInt(1_000_000);
                        while (System.nanoTime() - until < 0) {
                            Thread.onSpinWait();
                        }
                    }
                    return null;
                }));
            }
            calls.forEach(Call::get);
        }
        assertThat(server.account().copiesPerRecipient()).hasSize(300);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(1);
        assertThat(server.account().messagesPerSession()).allMatch(messages -> messages <= 7);
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(3);
        assertThat(server.account().opened()).isLessThan(60);
    }

    /** Makes connections, and remembers whose class loader it saw on which thread. */
    private static final class Watching extends UnconnectedSockets {

        final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();
        volatile boolean atHomeOnly;

        @Override
        public Socket createSocket() {
            Thread thread = Thread.currentThread();
            loaders.put(thread.getName(), thread.getContextClassLoader());
            if (atHomeOnly && thread.getName().startsWith("resilient-mail")) {
                throw new IllegalStateException("not on this thread");
            }
            return new Socket();
        }
    }

    @Test
    void the_applications_socket_factory_sees_the_class_loader_of_the_sender() throws Exception {
        serve(ScriptedSmtpServer.builder());
        Watching factory = new Watching();
        Thread self = Thread.currentThread();
        ClassLoader before = self.getContextClassLoader();
        try (URLClassLoader applications = new URLClassLoader(new URL[0], before)) {
            self.setContextClassLoader(applications);
            send(sessions().set("mail.smtp.socketFactory", factory).session(), 19);
            awaitIdle(2);
            assertThat(factory.loaders)
                    .containsOnlyKeys(self.getName(), "resilient-mail-rotation")
                    .containsEntry("resilient-mail-rotation", applications);
        } finally {
            self.setContextClassLoader(before);
        }
    }

    @Test
    void a_socket_factory_that_fails_in_the_background_is_not_done_without() throws Exception {
        serve(ScriptedSmtpServer.builder());
        Watching factory = new Watching();
        factory.atHomeOnly = true;
        Session session = sessions().set("mail.smtp.socketFactory", factory).session();
        send(session, 20);
        Eventually.until("the old session is closed", () -> pool().open() == 0);
        assertThat(factory.loaders).hasSize(2);
        assertThat(server.account().opened()).isEqualTo(1);
        send(session, 1);
        assertThat(server.account().messagesPerSession()).containsExactly(20, 1);
    }
}
