package org.resilientmail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.resilientmail.policy.RateGate;
import org.resilientmail.policy.RateRefused;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;

/**
 * One logical send: one message to its recipients, in as many envelopes, attempts and sessions as it takes. Read
 * {@link #run()} for the whole of it. Confined to the sending thread.
 */
final class Delivery {

    private final Route route;
    private final Carrier carrier;
    private final List<Recipient> recipients;
    private final Outcome outcome;
    private final long deadline;
    private final Deque<Envelope> envelopes = new ArrayDeque<>(2);
    private int envelopeNumber;

    Delivery(Route route, Carrier carrier, List<InternetAddress> addresses) {
        this.route = route;
        this.carrier = carrier;
        this.recipients = recipients(addresses);
        this.outcome = new Outcome(route, recipients);
        this.deadline = route.deadline();
    }

    /**
     * Sends.
     *
     * @return how it ended, for listeners and caller; never {@code null}
     * @throws MessagingException if the message cannot be read; nothing was sent then
     */
    Outcome run() throws MessagingException {
        try (carrier) {
            enqueue(recipients);
            Optional<Setback> unfit = carrier.unfit();
            if (unfit.isPresent()) {
                outcome.failed(unfit.get(), 0);
            }
            if (!outcome.stops()) {
                checkRates();
            }
            while (!envelopes.isEmpty() && !outcome.stops()) {
                send(envelopes.removeFirst());
                checkDeadline();
            }
            return outcome;
        }
    }

    /** One envelope, until it is through or given up. */
    private void send(Envelope envelope) throws MessagingException {
        Patience patience = envelope.patience();
        while (true) {
            List<Recipient> open = envelope.open();
            if (open.isEmpty()) {
                return;
            }
            if (open.size() > route.maxRecipients()) {
                outcome.rejectionsOf(envelope);
                enqueue(open);
                return;
            }
            patience.attempting();
            Optional<Setback> setback = attempt(envelope, open);
            if (setback.isEmpty()) {
                outcome.rejectionsOf(envelope);
                return;
            }
            boolean progressed = envelope.open().size() < open.size();
            if (progressed) {
                patience.progressed();
            }
            if (mayGoSmaller(setback.get(), open.size(), progressed)) {
                continue;
            }
            if (envelope.open().isEmpty() || !patience.goesOn(setback.get())) {
                envelope.giveUp();
                outcome.failed(setback.get(), patience.attempts(setback.get()));
                return;
            }
            outcome.passed(setback.get());
        }
    }

    /** One attempt at what is open of an envelope; empty when all of it went out. */
    private Optional<Setback> attempt(Envelope envelope, List<Recipient> open) throws MessagingException {
        Patience patience = envelope.patience();
        if (!patience.outlastsPauseOfAccount()) {
            return Optional.of(patience.stoppedByPause());
        }
        RateGate.Permit permit;
        try {
            permit = gate().acquire(
                            open.size(),
                            route.config().rate().maxWait(),
                            deadline,
                            wait -> route.tell(new DeliveryEvent.Waiting(route.name(), "rate", wait)));
        } catch (RateRefused refused) {
            return Optional.of(Setback.own(OwnFailures.rate(refused.waitHint()), refused.getMessage(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Setback.own(
                    OwnFailures.interrupted(FailureKind.RATE_LIMITED), "interrupted while waiting for a permit", e));
        }
        try {
            return carrier.carry(open, permit, deadline, outcome);
        } finally {
            permit.unused(); // without effect when it was used
        }
    }

    /** Too many recipients for one envelope: several smaller ones pass, and that is no failed attempt. */
    private boolean mayGoSmaller(Setback setback, int size, boolean progressed) {
        return setback.classification().how() == RetryHow.SPLIT
                && size > 1
                && (progressed || route.maxRecipients() < size)
                && route.engine().now() - deadline < 0;
    }

    private static List<Recipient> recipients(List<InternetAddress> addresses) {
        List<Recipient> recipients = new ArrayList<>(addresses.size());
        for (InternetAddress address : addresses) {
            recipients.add(new Recipient(address));
        }
        return List.copyOf(recipients);
    }

    /** Puts recipients in line, in envelopes no larger than the cap, before what waits there already. */
    private void enqueue(List<Recipient> open) {
        int cap = route.maxRecipients();
        if (open.size() <= cap) {
            envelopes.addFirst(envelope(open));
            return;
        }
        List<List<Recipient>> parts = Envelope.cut(open, cap);
        route.tell(new DeliveryEvent.Split(route.name(), outcome.messageId(), open.size(), parts.size()));
        List<Envelope> made = new ArrayList<>(parts.size());
        for (List<Recipient> part : parts) {
            made.add(envelope(part));
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            envelopes.addFirst(made.get(i));
        }
    }

    private Envelope envelope(List<Recipient> part) {
        return new Envelope(++envelopeNumber, part, new Patience(route, deadline));
    }

    /** A message that the configured rates do not let through in time is not begun. */
    private void checkRates() {
        if (gate().isOpen()) {
            return;
        }
        int largest = 0;
        for (Envelope envelope : envelopes) {
            largest = Math.max(largest, envelope.recipients().size());
        }
        try {
            gate().check(
                            envelopes.size(),
                            recipients.size(),
                            largest,
                            route.config().retry().deadline());
        } catch (RateRefused refused) {
            outcome.failed(Setback.own(OwnFailures.rate(refused.waitHint()), refused.getMessage(), null), 0);
        }
    }

    /** Envelopes that have not begun when the call's time is over are left to the caller. */
    private void checkDeadline() {
        if (!envelopes.isEmpty() && !outcome.stops() && route.engine().now() - deadline > 0) {
            outcome.failed(
                    Setback.own(
                            OwnFailures.deadline(), "retry.deadline ended before the last envelope was begun", null),
                    0);
        }
    }

    private RateGate gate() {
        return route.account().gate(route.config().rate());
    }

    /** Whether a failure of one envelope will hit the others too. */
    static boolean hitsAll(Setback setback) {
        return setback.last() || setback.classification().scope() != Scope.RECIPIENT;
    }
}
