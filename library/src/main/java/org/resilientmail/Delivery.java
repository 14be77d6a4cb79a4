package org.resilientmail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.resilientmail.policy.RateGate;
import org.resilientmail.policy.RateRefused;
import org.resilientmail.pool.CloseReason;
import org.resilientmail.pool.Lease;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;
import org.resilientmail.smtp.FrozenMessage;
import org.resilientmail.smtp.SmtpSession;
import org.resilientmail.smtp.TransferResult;

/**
 * One logical send: one message to its recipients, in as many envelopes, attempts and sessions as it takes. Read
 * {@link #run()} for the whole of it. Confined to the sending thread.
 */
final class Delivery {

    private final Relay relay;
    private final Account account;
    private final Engine engine;
    private final MimeMessage message;
    private final SendOptions options;
    private final List<Recipient> recipients;
    private final Judge judge;
    private final Outcome outcome;
    private final long deadline;
    private final Deque<Envelope> envelopes = new ArrayDeque<>();
    private int envelopeNumber;
    private FrozenMessage frozen;

    Delivery(Relay relay, MimeMessage message, List<InternetAddress> addresses, SendOptions options) {
        this.relay = relay;
        this.account = relay.account();
        this.engine = relay.engine();
        this.message = message;
        this.options = options;
        this.recipients = addresses.stream().map(Recipient::new).toList();
        this.judge = new Judge(relay, options.sendPartial());
        this.outcome = new Outcome(relay, recipients);
        this.deadline = engine.now() + relay.config().retry().deadline().toNanos();
    }

    /**
     * Sends.
     *
     * @return how it ended, for listeners and caller; never {@code null}
     * @throws MessagingException if the message cannot be read; nothing was sent then
     */
    Outcome run() throws MessagingException {
        try {
            enqueue(recipients);
            checkRates();
            while (!envelopes.isEmpty() && !outcome.stops()) {
                send(envelopes.removeFirst());
            }
            return outcome;
        } finally {
            if (frozen != null) {
                frozen.close();
            }
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
            if (open.size() > relay.maxRecipients()) {
                enqueue(open);
                return;
            }
            patience.attempting();
            Optional<Setback> setback = attempt(envelope, open);
            if (setback.isEmpty()) {
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
                outcome.failed(setback.get(), patience.attempts());
                return;
            }
            outcome.passed(setback.get(), envelope);
        }
    }

    /** One attempt at what is open of an envelope; empty when all of it went out. */
    private Optional<Setback> attempt(Envelope envelope, List<Recipient> open) throws MessagingException {
        if (!envelope.patience().outlastsPauseOfAccount()) {
            return Optional.of(stoppedByPause());
        }
        RateGate.Permit permit;
        try {
            permit = account.gate(relay.config().rate())
                    .acquire(open.size(), deadline, wait -> tellWaiting("rate", wait));
        } catch (RateRefused refused) {
            return Optional.of(Setback.own(OwnFailures.rate(refused.waitHint()), refused.getMessage(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Setback.own(
                    OwnFailures.interrupted(FailureKind.RATE_LIMITED), "interrupted while waiting for a permit", e));
        }
        try {
            Lease<SmtpSession> lease = relay.lease(deadline);
            try {
                return onSession(lease, open, permit);
            } finally {
                lease.discard(CloseReason.FAILURE); // without effect when it was given back
            }
        } catch (Relay.NoSession none) {
            return Optional.of(none.setback());
        } finally {
            permit.unused(); // without effect when it was used
        }
    }

    private Optional<Setback> onSession(Lease<SmtpSession> lease, List<Recipient> open, RateGate.Permit permit)
            throws MessagingException {
        SmtpSession session = lease.session();
        FrozenMessage rendered;
        try {
            rendered = render(session);
        } catch (MessagingException | RuntimeException e) {
            lease.giveBack(); // the session has no part in it
            throw e;
        }
        OptionalLong largest = session.maxMessageSize();
        if (largest.isPresent() && rendered.size() > largest.getAsLong()) {
            lease.giveBack();
            return Optional.of(Setback.own(
                    OwnFailures.tooLarge(largest.getAsLong()),
                    "The message has " + rendered.size() + " bytes; the relay takes at most " + largest.getAsLong(),
                    null));
        }
        if (open.size() > relay.maxRecipients()) {
            lease.giveBack(); // this very session announced a cap; cut and come again
            return Optional.of(Setback.smaller());
        }
        lease.countUse();
        TransferResult result;
        try {
            result = session.transfer(
                    rendered,
                    Envelope.addresses(open),
                    options.properties(),
                    options.sendPartial(),
                    options.reportSuccess());
        } finally {
            permit.used();
        }
        outcome.heard(result);
        Optional<Setback> setback = judge.judge(result, open, lease.isReused());
        setback.ifPresent(s -> learn(s, lease, result));
        if (result.end() == TransferResult.End.ACCEPTED) {
            engine.tell(new DeliveryEvent.Accepted(account.id().toString(), rendered.messageId(), (int)
                    open.stream().filter(r -> !r.isOpen()).count()));
        }
        end(lease, result, setback);
        return setback;
    }

    /** Decides the session's fate, in this one place. */
    private static void end(Lease<SmtpSession> lease, TransferResult result, Optional<Setback> setback) {
        boolean wantsNew = setback.map(s -> s.classification().how() == RetryHow.NEW_SESSION)
                .orElse(false);
        if (setback.map(Setback::stale).orElse(false)) {
            lease.discard(CloseReason.STALE);
        } else if (!result.sessionInOrder()) {
            lease.discard(CloseReason.FAILURE);
        } else if (wantsNew) {
            lease.discard(CloseReason.REPLACED);
        } else {
            lease.giveBack();
        }
    }

    /** The message is rendered once, on the first session, whose extensions decide about 8-bit text. */
    private FrozenMessage render(SmtpSession session) throws MessagingException {
        if (frozen == null) {
            try {
                frozen = FrozenMessage.of(
                        message, options.allow8bit() && session.extensions().containsKey("8BITMIME"));
            } catch (IOException e) {
                throw new MessagingException("IOException while sending message", e);
            }
            outcome.messageId(frozen.messageId());
        }
        return frozen;
    }

    private void learn(Setback setback, Lease<SmtpSession> lease, TransferResult result) {
        var meaning = setback.classification();
        OptionalLong named = meaning.limitValue();
        if (meaning.limit().isEmpty() || setback.reply().isEmpty()) {
            return;
        }
        switch (meaning.limit().get()) {
            case MESSAGES_PER_SESSION -> {
                // The use that was refused does not count; a session refused at its first message teaches nothing.
                account.learn(LimitKind.MESSAGES_PER_SESSION, named.orElse(lease.uses() - 1L));
            }
            case SESSION_LIFETIME -> account.learn(LimitKind.SESSION_LIFETIME, lease.ageNanos() * 9 / 10);
            case SESSION_IDLE -> {
                if (lease.isReused()) {
                    account.learn(LimitKind.SESSION_IDLE, lease.idleNanos() * 9 / 10);
                }
            }
            case RECIPIENTS_PER_MESSAGE -> {
                long accepted = result.recipientReplies().stream()
                        .filter(reply -> reply.isPresent() && reply.get().isPositive())
                        .count();
                long asked = result.recipientReplies().size();
                boolean plausible = named.isPresent() && named.getAsLong() < asked;
                account.learn(
                        LimitKind.RECIPIENTS_PER_MESSAGE,
                        plausible ? named.getAsLong() : accepted > 0 && accepted < asked ? accepted : asked / 2);
            }
            default -> {
                // Concurrency is learned where connecting fails too; sizes are announced.
            }
        }
    }

    /** Too many recipients for one envelope: several smaller ones pass, and that is no failed attempt. */
    private boolean mayGoSmaller(Setback setback, int size, boolean progressed) {
        return setback.classification().how() == RetryHow.SPLIT
                && size > 1
                && (progressed || relay.maxRecipients() < size)
                && engine.now() - deadline < 0;
    }

    /** Puts recipients in line, in envelopes no larger than the cap, before what waits there already. */
    private void enqueue(List<Recipient> open) {
        int cap = relay.maxRecipients();
        List<List<Recipient>> parts = Envelope.cut(open, cap);
        if (parts.size() > 1) {
            engine.tell(
                    new DeliveryEvent.Split(account.id().toString(), outcome.messageId(), open.size(), parts.size()));
        }
        List<Envelope> made = parts.stream()
                .map(part -> new Envelope(++envelopeNumber, part, new Patience(relay, deadline)))
                .toList();
        for (int i = made.size() - 1; i >= 0; i--) {
            envelopes.addFirst(made.get(i));
        }
    }

    /** A message that the configured rates do not let through in time is not begun. */
    private void checkRates() {
        int largest = envelopes.stream()
                .mapToInt(envelope -> envelope.open().size())
                .max()
                .orElse(0);
        try {
            account.gate(relay.config().rate())
                    .check(
                            envelopes.size(),
                            recipients.size(),
                            largest,
                            relay.config().retry().deadline());
        } catch (RateRefused refused) {
            outcome.failed(Setback.own(OwnFailures.rate(refused.waitHint()), refused.getMessage(), null), 0);
        }
    }

    private Setback stoppedByPause() {
        Account.Pause pause = account.pause();
        Duration left = pause == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, pause.until() - engine.now()));
        if (Thread.currentThread().isInterrupted()) {
            return Setback.own(
                    OwnFailures.interrupted(FailureKind.RATE_LIMITED), "interrupted while the account pauses", null);
        }
        return Setback.own(
                OwnFailures.rate(Optional.of(left)),
                "the relay throttles this account for " + left.toSeconds() + " s",
                null);
    }

    private void tellWaiting(String reason, Duration duration) {
        engine.tell(new DeliveryEvent.Waiting(account.id().toString(), reason, duration));
    }

    Message message() {
        return message;
    }

    /** Whether a failure of one envelope will hit the others too. */
    static boolean hitsAll(Setback setback) {
        return setback.last() || setback.classification().scope() != Scope.RECIPIENT;
    }
}
