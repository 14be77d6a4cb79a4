package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.ConnectionAdapter;
import jakarta.mail.event.ConnectionEvent;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** One transport object in the hands of several threads, and closed under a send. */
@Timeout(120)
class OneTransportTest {

    @RegisterExtension
    final LeakCheck threadsOfOurs = LeakCheck.ofThreads("resilient-mail");

    @RegisterExtension
    final LeakCheck threadsOfJakartaMail = LeakCheck.ofThreads("Jakarta-Mail-EventQueue");

    private final ScriptedSmtpServer server = threadsOfOurs.closeAfterwards(
            ScriptedSmtpServer.builder().user("user", "secret").start());

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Callers callers = new Callers();

    @AfterEach
    void end() {
        callers.close();
        ResilientMail.closeAll();
    }

    private Session session() {
        return TestSessions.of(server)
                .as("user", "secret")
                .set("mail.resilient.session.max-messages", "1")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
    }

    private Transport listenedTo(Session session) throws MessagingException {
        Transport transport = session.getTransport();
        transport.addConnectionListener(new ConnectionAdapter() {
            @Override
            public void closed(ConnectionEvent e) {
                told.add("closed");
            }
        });
        transport.addTransportListener(new TransportAdapter() {
            @Override
            public void messageDelivered(TransportEvent e) {
                told.add("delivered");
            }

            @Override
            public void messageNotDelivered(TransportEvent e) {
                told.add("not delivered");
            }
        });
        return transport;
    }

    /** A transport whose next send has to open a session of its own, the server's second. */
    private Transport beforeItsSecondSession(Session session) throws MessagingException {
        Transport transport = listenedTo(session);
        transport.connect();
        MimeMessage first = Messages.to(session, "first@example.com");
        transport.sendMessage(first, first.getAllRecipients());
        Eventually.until("the first event", () -> told.contains("delivered"));
        told.clear();
        return transport;
    }

    private Call<Attempt> sending(Transport transport, MimeMessage message) {
        return callers.start(() -> {
            try {
                transport.sendMessage(message, message.getAllRecipients());
                return new Attempt(message, Optional.empty());
            } catch (MessagingException e) {
                return new Attempt(message, Optional.of(e));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "BODY", "END_OF_DATA"})
    void a_close_during_a_send_does_not_wait_for_it_and_the_send_goes_through(Step step) throws Exception {
        Session session = session();
        Transport transport = beforeItsSecondSession(session);
        Gate gate = server.holdAt(step, encounter -> encounter.session() == 2);
        MimeMessage message = Messages.to(session, "a@example.com", "b@example.com");
        Call<Attempt> sending = sending(transport, message);
        gate.awaitArrived(1);
        callers.start(() -> {
                    transport.close();
                    return null;
                })
                .get();
        assertThat(transport.isConnected()).isFalse();
        assertThatThrownBy(() -> transport.sendMessage(message, message.getAllRecipients()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(told).isEmpty();
        gate.release();
        assertThat(sending.get().thrown()).isEmpty();
        sending.get().agreesWith(server, 1);
        Eventually.until("both events", () -> told.size() == 2);
        assertThat(told).containsExactly("delivered", "closed");
    }

    @Test
    void a_send_that_became_uncertain_after_a_close_says_so() throws Exception {
        Session session = session();
        Transport transport = beforeItsSecondSession(session);
        Gate gate = server.holdAt(Step.END_OF_DATA, encounter -> encounter.session() == 2);
        server.on(Step.END_OF_DATA).session(2).fault(Fault.ACCEPT_THEN_RESET);
        Call<Attempt> sending = sending(transport, Messages.to(session, "a@example.com"));
        gate.awaitArrived(1);
        transport.close();
        gate.release();
        assertThat(sending.get().thrown().orElseThrow()).isInstanceOf(DeliveryUncertain.class);
        sending.get().agreesWith(server, 1);
        Eventually.until("both events", () -> told.size() == 2);
        assertThat(told).containsExactly("not delivered", "closed");
    }

    @Test
    void a_send_is_tried_again_after_a_close_all_the_same() throws Exception {
        Session session = session();
        Transport transport = beforeItsSecondSession(session);
        Gate gate = server.holdAt(Step.MAIL, encounter -> encounter.session() == 2);
        server.on(Step.MAIL).session(2).reset();
        Call<Attempt> sending = sending(transport, Messages.to(session, "a@example.com"));
        gate.awaitArrived(1);
        transport.close();
        gate.release();
        assertThat(sending.get().thrown()).isEmpty();
        sending.get().agreesWith(server, 1);
    }

    @Test
    void connected_again_during_a_send_the_old_closing_is_told_at_once_and_the_new_one_after_the_send()
            throws Exception {
        Session session = session();
        Transport transport = beforeItsSecondSession(session);
        transport.addConnectionListener(new ConnectionAdapter() {
            @Override
            public void opened(ConnectionEvent e) {
                told.add("opened");
            }
        });
        Gate gate = server.holdAt(Step.END_OF_DATA, encounter -> encounter.session() == 2);
        Call<Attempt> sending = sending(transport, Messages.to(session, "a@example.com"));
        gate.awaitArrived(1);
        transport.close();
        transport.connect();
        // In any order: Jakarta Mail tells what follows a closing on another thread.
        Eventually.until("both events", () -> told.size() == 2);
        assertThat(told).containsExactlyInAnyOrder("closed", "opened");
        told.clear();
        gate.release();
        assertThat(sending.get().thrown()).isEmpty();
        Eventually.until("the delivery", () -> told.contains("delivered"));
        transport.close();
        Eventually.until("the closing", () -> told.size() == 2);
        assertThat(told).containsExactly("delivered", "closed");
    }

    @Test
    void what_only_asks_a_transport_does_not_wait_for_its_connect() throws Exception {
        SMTPTransport transport = (SMTPTransport) session().getTransport("smtp");
        Gate gate = server.holdAt(Step.AUTH);
        Call<Boolean> connecting = callers.start(() -> {
            transport.connect();
            return transport.isConnected();
        });
        gate.awaitArrived(1);
        Call<Boolean> asking = callers.start(() -> {
            transport.getLastServerResponse();
            transport.getLastReturnCode();
            transport.isSSL();
            return transport.isConnected();
        });
        assertThat(asking.get()).isFalse();
        assertThat(connecting.isDone()).isFalse();
        gate.release();
        assertThat(connecting.get()).isTrue();
        transport.close();
    }

    @Test
    void a_close_does_not_wait_for_a_command_of_the_applications_own() throws Exception {
        SMTPTransport transport = (SMTPTransport) session().getTransport("smtp");
        transport.connect();
        Gate gate = server.holdAt(Step.NOOP);
        Call<Integer> command = callers.start(() -> transport.simpleCommand("NOOP"));
        gate.awaitArrived(1);
        callers.start(() -> {
                    transport.close();
                    return null;
                })
                .get();
        gate.release();
        assertThat(command.get()).isEqualTo(250);
    }

    @Test
    void eight_threads_that_send_close_connect_and_ask_agree_with_the_server() throws Exception {
        Session session = TestSessions.of(server)
                .as("user", "secret")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.session.max-messages", "5")
                .session();
        server.on(Step.MAIL).matching(e -> e.occurrence() % 7 == 0).always().reset();
        server.on(Step.END_OF_DATA)
                .matching(e -> e.occurrence() % 11 == 0)
                .always()
                .fault(Fault.ACCEPT_THEN_CLOSE);
        // Without listeners: Jakarta Mail's own queue of events loses threads when it is ended and begun in quick turn.
        SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
        CountDownLatch go = new CountDownLatch(1);
        List<Call<List<Attempt>>> calls = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Random random = new Random(20_241_121 + t);
            calls.add(callers.start(() -> {
                go.await();
                List<Attempt> attempts = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    step(transport, session, random).ifPresent(attempts::add);
                }
                return attempts;
            }));
        }
        go.countDown();
        int through = 0;
        for (Call<List<Attempt>> call : calls) {
            for (Attempt attempt : call.get()) {
                attempt.agreesWith(server, 1);
                through++;
            }
        }
        assertThat(through).isPositive();
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(4);
        transport.close();
    }

    /** One thing an application may do with a transport; a send that was begun gives its result. */
    private static Optional<Attempt> step(SMTPTransport transport, Session session, Random random) throws Exception {
        int dice = random.nextInt(10);
        if (dice == 0) {
            transport.close();
        } else if (dice < 3) {
            try {
                transport.connect();
            } catch (IllegalStateException already) {
                assertThat(already).hasMessage("already connected");
            }
        } else if (dice < 5) {
            transport.isConnected();
            transport.getLastServerResponse();
            transport.getLastReturnCode();
        } else {
            MimeMessage message = Messages.to(session, "a@example.com", "b@example.com");
            try {
                transport.sendMessage(message, message.getAllRecipients());
                return Optional.of(new Attempt(message, Optional.empty()));
            } catch (IllegalStateException closed) {
                assertThat(closed).hasMessage("Not connected");
            } catch (MessagingException e) {
                return Optional.of(new Attempt(message, Optional.of(e)));
            }
        }
        return Optional.empty();
    }
}
