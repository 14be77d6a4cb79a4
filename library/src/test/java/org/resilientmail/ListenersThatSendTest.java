package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/**
 * Listeners that call back into the account they are told about, where it has one session only: what they are told of
 * must not be in the hands of the thread that tells them.
 */
@Timeout(60)
class ListenersThatSendTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final Sender sender = Sender.real();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        sender.close();
    }

    private ScriptedSmtpServer serve(ServerBuilder builder) {
        return leaks.closeAfterwards(builder.start());
    }

    private static TestSessions one(ScriptedSmtpServer server) {
        return TestSessions.of(server)
                .set("mail.resilient.session.max-open", "1")
                .set("mail.resilient.session.max-wait", "10s")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "5ms");
    }

    /** Sends to {@code echo@example.com} at the first such event. */
    private void echo(Session session, Predicate<DeliveryEvent> at) {
        AtomicBoolean done = new AtomicBoolean();
        sender.engine().addListener(event -> {
            if (at.test(event) && done.compareAndSet(false, true)) {
                try {
                    sender.send(session, "echo@example.com");
                } catch (MessagingException | RuntimeException e) {
                    failures.add(e);
                }
            }
        });
    }

    private void assertEchoedWithoutWaiting(ScriptedSmtpServer server) {
        assertThat(failures).isEmpty();
        assertThat(server.account().copiesPerRecipient()).containsEntry("echo@example.com", 1);
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().maxOpenSessions()).isEqualTo(1);
        assertThat(sender.heard(DeliveryEvent.Waiting.class))
                .filteredOn(wait -> wait.reason().equals("session"))
                .isEmpty();
    }

    @Test
    void a_listener_may_send_when_a_session_was_opened() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        Session session = one(server).session();
        echo(session, DeliveryEvent.SessionOpened.class::isInstance);
        sender.send(session, "a@example.com");
        assertEchoedWithoutWaiting(server);
    }

    @Test
    void a_listener_may_send_when_a_spent_session_was_closed() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        Session session =
                one(server).set("mail.resilient.session.max-messages", "1").session();
        echo(session, DeliveryEvent.SessionClosed.class::isInstance);
        sender.send(session, "a@example.com");
        server.account().awaitAccepted(2); // told by the thread that closes it, for which nobody waits
        assertEchoedWithoutWaiting(server);
    }

    @Test
    void a_listener_may_send_when_a_broken_session_was_closed() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        server.on(Step.RCPT).reset();
        Session session = one(server).session();
        echo(session, DeliveryEvent.SessionClosed.class::isInstance);
        sender.send(session, "a@example.com");
        assertEchoedWithoutWaiting(server);
        assertThat(server.account().copiesPerRecipient()).containsEntry("a@example.com", 1);
    }

    @Test
    void a_listener_may_send_when_a_session_made_room_for_one_of_another_kind() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        Session session = one(server).session();
        sender.send(session, "a@example.com");
        echo(
                session,
                event -> event instanceof DeliveryEvent.SessionClosed closed
                        && closed.reason().equals("make-room"));
        sender.send(one(server).smtp("localhost", "another.example.com").session(), "b@example.com");
        assertEchoedWithoutWaiting(server);
    }

    @Test
    void a_listener_may_send_when_a_surplus_session_was_closed_by_a_caller_in_line() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        Session session = one(server).session();
        Session two = one(server)
                .set("mail.resilient.session.max-open", "2")
                .smtp("localhost", "another.example.com")
                .session();
        sender.send(session, "a@example.com");
        sender.send(two, "b@example.com");
        echo(session, DeliveryEvent.SessionClosed.class::isInstance);
        sender.send(one(server).smtp("localhost", "third.example.com").session(), "c@example.com");
        assertThat(failures).isEmpty();
        assertThat(server.account().copiesPerRecipient()).containsEntry("echo@example.com", 1);
        assertThat(sender.heard(DeliveryEvent.Waiting.class)).isEmpty();
    }

    @Test
    void a_listener_may_send_when_the_relay_announced_a_limit() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder().extension("LIMITS RCPTMAX=2 MAILMAX=5"));
        Session session = one(server).session();
        echo(session, DeliveryEvent.LimitLearned.class::isInstance);
        sender.send(session, "a@example.com", "b@example.com", "c@example.com");
        assertEchoedWithoutWaiting(server);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class)).hasSize(2);
    }

    @Test
    void a_listener_may_send_when_a_limit_was_learned_from_a_refusal() throws Exception {
        ScriptedSmtpServer server =
                serve(ScriptedSmtpServer.builder().maxRecipients(2, "452 4.5.3 Error: too many recipients"));
        Session session = one(server).smtp("sendpartial", "true").session();
        echo(session, DeliveryEvent.LimitLearned.class::isInstance);
        sender.send(session, "a@example.com", "b@example.com", "c@example.com");
        assertEchoedWithoutWaiting(server);
        assertThat(sender.heard(DeliveryEvent.LimitLearned.class)).isNotEmpty();
    }

    @Test
    void a_listener_may_send_when_connecting_failed() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        server.on(Step.CONNECT).replyThenClose("554 5.7.1 Not you");
        Session session = one(server).session();
        echo(session, DeliveryEvent.Failed.class::isInstance);
        sender.failing(session, "a@example.com");
        assertEchoedWithoutWaiting(server);
    }

    @Test
    void a_listener_may_close_all_sessions_at_any_event_and_every_message_arrives_once() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        server.on(Step.MAIL)
                .matching(encounter -> encounter.occurrence() % 3 == 0)
                .always()
                .reset();
        sender.engine().addListener(event -> sender.engine().closeAll());
        Session session = one(server).session();
        for (int i = 0; i < 10; i++) {
            sender.send(session, "r" + i + "@example.com");
        }
        assertThat(server.account().copiesPerRecipient()).hasSize(10);
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(sender.heard(DeliveryEvent.SessionClosed.class)).isNotEmpty();
    }

    @Test
    void a_listener_may_remove_itself_and_add_another_while_it_is_told() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        List<String> told = new CopyOnWriteArrayList<>();
        DeliveryListener second = event -> told.add("second");
        DeliveryListener[] first = new DeliveryListener[1];
        first[0] = event -> {
            told.add("first");
            sender.engine().removeListener(first[0]);
            sender.engine().addListener(second);
        };
        sender.engine().addListener(first[0]);
        sender.send(one(server).session(), "a@example.com");
        sender.send(one(server).session(), "b@example.com");
        assertThat(told).startsWith("first").filteredOn("first"::equals).hasSize(1);
        assertThat(told).contains("second");
    }

    @Test
    void a_session_is_told_as_opened_before_it_is_told_as_closed() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder());
        List<String> told = new CopyOnWriteArrayList<>();
        sender.engine().addListener(event -> told.add(event.getClass().getSimpleName()));
        sender.send(one(server).set("mail.resilient.session.max-messages", "1").session(), "a@example.com");
        Eventually.until("its end is told", () -> told.contains("SessionClosed"));
        assertThat(told)
                .startsWith("SessionOpened")
                .containsExactlyInAnyOrder("SessionOpened", "SessionClosed", "Accepted");
    }
}
