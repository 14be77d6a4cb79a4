package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.policy.Sleeper;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.Messages;

/** Sends as {@code Transport.send} would, over an engine of its own, and hears what happens. Thread-safe. */
final class Sender implements AutoCloseable {

    private final Engine engine;
    private final List<DeliveryEvent> events = new CopyOnWriteArrayList<>();

    private Sender(LongSupplier clock, Sleeper sleeper) {
        engine = new Engine(clock, sleeper);
        engine.addListener(events::add);
    }

    /** With real time. */
    static Sender real() {
        return new Sender(System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
    }

    /** With a clock that stands still but for the waits, which take no time. */
    static Sender at(ManualTime time) {
        return new Sender(time, time::sleep);
    }

    static Sender at(ManualTime time, Sleeper sleeper) {
        return new Sender(time, sleeper);
    }

    Engine engine() {
        return engine;
    }

    ResilientTransport transport(Session session) {
        return new ResilientTransport(
                session, new URLName("smtp", null, -1, null, null, null), "smtp", false, null, engine);
    }

    void send(Session session, String... recipients) throws MessagingException {
        send(Messages.to(session, recipients), session);
    }

    void send(MimeMessage message, Session session) throws MessagingException {
        message.saveChanges();
        try (ResilientTransport transport = transport(session)) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    /** The failure of a send that has to fail. */
    MailFailure failing(Session session, String... recipients) {
        try {
            send(session, recipients);
        } catch (MessagingException e) {
            assertThat(e).isInstanceOf(MailFailure.class);
            return (MailFailure) e;
        }
        throw new AssertionError("the send did not fail");
    }

    <E extends DeliveryEvent> List<E> heard(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void awaitWaiting(String reason) {
        awaitWaiting(reason, 1);
    }

    void awaitWaiting(String reason, int times) {
        Eventually.until(
                times + " waits for " + reason,
                () -> heard(DeliveryEvent.Waiting.class).stream()
                                .filter(event -> event.reason().equals(reason))
                                .count()
                        >= times);
    }

    static List<RecipientState> fates(MailFailure failure) {
        return failure.recipients().stream().map(outcome -> outcome.state()).toList();
    }

    /** Closes what is idle. */
    @Override
    public void close() {
        engine.closeAll();
    }
}
