package org.resilientmail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.policy.RateGate;
import org.resilientmail.pool.CloseReason;
import org.resilientmail.pool.Lease;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.smtp.CommandValues;
import org.resilientmail.smtp.FrozenMessage;
import org.resilientmail.smtp.SmtpSession;
import org.resilientmail.smtp.TransferOptions;
import org.resilientmail.smtp.TransferResult;

/**
 * Carries envelopes over pooled sessions: leases one, has it judged what came of it, learns, and decides what becomes of
 * the session. Confined to the sending thread.
 */
final class PooledCarrier implements Carrier {

    /** No relay gives a session less; what ends one sooner, under whatever name, is an incident. */
    private static final long SHORTEST_LEARNED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Relay relay;
    private final Route route;
    private final MimeMessage message;
    private final SendOptions options;
    private final Judge judge;
    private FrozenMessage frozen;

    PooledCarrier(Relay relay, MimeMessage message, SendOptions options) {
        this.relay = relay;
        this.route = relay.route();
        this.message = message;
        this.options = options;
        this.judge = new Judge(route, options.sendPartial());
    }

    @Override
    public Optional<Setback> unfit() throws MessagingException {
        Optional<String> mistake = CommandValues.mistakeInEnvelope(message, relay.session(), relay.protocol());
        if (mistake.isEmpty()) {
            return Optional.empty();
        }
        String words = mistake.get();
        return Optional.of(
                Setback.own(OwnFailures.invalidCommand(SmtpPhase.MAIL), words, new IllegalArgumentException(words)));
    }

    @Override
    public Optional<Setback> carry(List<Recipient> open, RateGate.Permit permit, long deadline, Outcome outcome)
            throws MessagingException {
        while (true) {
            Lease<SmtpSession> lease;
            try {
                lease = relay.lease(deadline);
            } catch (Relay.NoSession none) {
                return Optional.of(none.setback());
            }
            try {
                boolean firstTime = frozen == null;
                FrozenMessage rendered = render(lease, outcome);
                // Rendering takes its time, once: a session that came to its end meanwhile is closed, not used.
                if (firstTime && lease.isSpent()) {
                    lease.giveBack();
                    continue;
                }
                return onSession(lease, rendered, open, permit, deadline, outcome);
            } finally {
                lease.discard(CloseReason.FAILURE); // without effect when it was given back
            }
        }
    }

    @Override
    public void close() {
        if (frozen != null) {
            frozen.close();
        }
    }

    private Optional<Setback> onSession(
            Lease<SmtpSession> lease,
            FrozenMessage rendered,
            List<Recipient> open,
            RateGate.Permit permit,
            long deadline,
            Outcome outcome) {
        SmtpSession session = lease.session();
        OptionalLong largest = session.maxMessageSize();
        if (largest.isPresent() && rendered.size() > largest.getAsLong()) {
            lease.giveBack();
            return Optional.of(Setback.own(
                    OwnFailures.tooLarge(largest.getAsLong()),
                    "The message has " + rendered.size() + " bytes; the relay takes at most " + largest.getAsLong(),
                    null));
        }
        if (open.size() > route.maxRecipients()) {
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
                    new TransferOptions(options.sendPartial(), options.reportSuccess(), route.howToTransfer()),
                    route.leftUntil(deadline));
        } finally {
            permit.used();
        }
        outcome.heard(result, options.reportSuccess());
        Optional<Setback> setback = judge.judge(result, open, lease.isReused());
        if (result.stumbled() && !wasDeadBefore(lease, result, setback)) {
            route.account().speakPlainly(route.config().transfer().pause());
        }
        if (setback.isPresent()) {
            learn(setback.get(), lease, result);
        }
        end(lease, result, setback);
        if (result.end() == TransferResult.End.ACCEPTED) {
            // Only now: a listener may send in its turn, and wait for this very session.
            route.tell(new DeliveryEvent.Accepted(route.name(), rendered.messageId(), sent(open)));
        }
        return setback;
    }

    /** A relay that had ended the session before it heard of the message shows nothing of what it knows. */
    private static boolean wasDeadBefore(Lease<SmtpSession> lease, TransferResult result, Optional<Setback> setback) {
        return setback.isPresent()
                && setback.get().stale()
                && result.phase() == SmtpPhase.MAIL
                && (lease.uses() > 1 || lease.idleNanos() >= Relay.ALIVE_NANOS);
    }

    private static int sent(List<Recipient> recipients) {
        int sent = 0;
        for (Recipient recipient : recipients) {
            sent += recipient.state() == RecipientState.SENT ? 1 : 0;
        }
        return sent;
    }

    /** Decides the session's fate, in this one place. */
    private static void end(Lease<SmtpSession> lease, TransferResult result, Optional<Setback> setback) {
        boolean wantsNew = setback.isPresent() && setback.get().classification().how() == RetryHow.NEW_SESSION;
        if (setback.isPresent() && setback.get().stale()) {
            lease.discard(CloseReason.STALE);
        } else if (!result.sessionInOrder()) {
            lease.discard(CloseReason.FAILURE);
        } else if (wantsNew) {
            lease.discard(CloseReason.REPLACED);
        } else {
            if (setback.isPresent()) {
                lease.followedBy(null); // the account may be about to pause
            }
            lease.giveBack();
        }
    }

    /**
     * The message is rendered once, on the first session, whose extensions decide about 8-bit text: where a later one does
     * not take that, it goes there as it was before.
     */
    private FrozenMessage render(Lease<SmtpSession> lease, Outcome outcome) throws MessagingException {
        boolean takes8bit = lease.session().extensions().containsKey("8BITMIME");
        if (frozen == null) {
            try {
                frozen = FrozenMessage.of(message, options.allow8bit() && takes8bit);
            } catch (MessagingException | RuntimeException e) {
                lease.giveBack(); // the session has no part in it
                throw e;
            } catch (IOException e) {
                lease.giveBack();
                throw new MessagingException(
                        "IOException while sending message: its content cannot be read (" + e.getMessage()
                                + "). Nothing was sent.",
                        e);
            }
            outcome.messageId(frozen.messageId());
        }
        return frozen.forRelay(takes8bit);
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
                route.account().learn(LimitKind.MESSAGES_PER_SESSION, named.orElse(lease.uses() - 1L), lease);
            }
            case SESSION_LIFETIME -> learnTime(LimitKind.SESSION_LIFETIME, lease.ageNanos(), lease);
            case SESSION_IDLE -> {
                if (lease.isReused()) {
                    learnTime(LimitKind.SESSION_IDLE, lease.idleNanos(), lease);
                }
            }
            case RECIPIENTS_PER_MESSAGE -> {
                long accepted = result.recipientReplies().stream()
                        .filter(reply -> reply.isPresent() && reply.get().isPositive())
                        .count();
                long asked = result.recipientReplies().size();
                boolean plausible = named.isPresent() && named.getAsLong() < asked;
                route.account()
                        .learn(
                                LimitKind.RECIPIENTS_PER_MESSAGE,
                                plausible ? named.getAsLong() : accepted > 0 && accepted < asked ? accepted : asked / 2,
                                lease);
            }
            default -> {
                // Concurrency is learned where connecting fails too; sizes are announced.
            }
        }
    }

    /** A limit of a moment is none: kept from then on, it would mean a session for each message. */
    private void learnTime(LimitKind kind, long refusedAfterNanos, Lease<SmtpSession> lease) {
        if (refusedAfterNanos >= SHORTEST_LEARNED_NANOS) {
            route.account().learn(kind, refusedAfterNanos * 9 / 10, lease);
        }
    }
}
