package org.resilientmail.matrix;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.event.TransportAdapter;
import jakarta.mail.event.TransportEvent;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.hostile.Attempt;

/**
 * One send, seen by the one who called: what was told, by exception and by event.
 *
 * @param message what was sent
 * @param text its text
 * @param attempt what was thrown, if anything
 * @param handedOver whether {@code connect} returned, so that {@code sendMessage} was called
 * @param events what a TransportListener heard
 */
record Dispatch(MimeMessage message, String text, Attempt attempt, boolean handedOver, List<TransportEvent> events) {

    /** Sends as {@code Transport.send} does. */
    static Dispatch of(Courier courier, Session session, MimeMessage message, String text) {
        AtomicBoolean handedOver = new AtomicBoolean();
        Ears ears = new Ears();
        Attempt attempt = Attempt.of(message, outgoing -> {
            outgoing.saveChanges();
            try (Transport transport = courier.transport(session)) {
                transport.addTransportListener(ears);
                transport.connect();
                handedOver.set(true);
                transport.sendMessage(outgoing, outgoing.getAllRecipients());
            }
        });
        return new Dispatch(message, text, attempt, handedOver.get(), List.copyOf(ears.events));
    }

    /** Whether it failed because something took longer than the client was ready to wait. */
    boolean timedOut() {
        return attempt.thrown()
                .filter(MailFailure.class::isInstance)
                .map(thrown -> ((MailFailure) thrown).ruleId())
                .filter(rule -> rule.equals("io:timeout") || rule.equals("io:connect-timeout"))
                .isPresent();
    }

    String messageId() throws MessagingException {
        return message.getMessageID();
    }

    private static final class Ears extends TransportAdapter {

        private final List<TransportEvent> events = new ArrayList<>();

        @Override
        public void messageDelivered(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void messageNotDelivered(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void messagePartiallyDelivered(TransportEvent event) {
            events.add(event);
        }
    }
}
