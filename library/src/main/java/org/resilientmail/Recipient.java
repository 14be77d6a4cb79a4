package org.resilientmail;

import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import org.resilientmail.failure.RecipientOutcome;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.SmtpReply;

/** One recipient of a send and what is known of its fate. Confined to the sending thread. */
final class Recipient {

    private final InternetAddress address;
    private RecipientState state = RecipientState.UNSENT;
    private boolean open = true;
    private int envelope;
    private SmtpReply reply;
    private Setback rejection;

    Recipient(InternetAddress address) {
        this.address = address;
    }

    InternetAddress address() {
        return address;
    }

    RecipientState state() {
        return state;
    }

    /** Whether there is still something to be done for it. */
    boolean isOpen() {
        return open;
    }

    void inEnvelope(int number) {
        envelope = number;
    }

    void heard(Optional<SmtpReply> said) {
        reply = said.orElse(reply);
    }

    void sent() {
        state = RecipientState.SENT;
        open = false;
    }

    /** Refused for good, by the setback given. */
    void rejected(Setback why) {
        rejection = why;
        if (state != RecipientState.UNCERTAIN) {
            state = RecipientState.REJECTED;
        }
        open = false;
    }

    /** May have been delivered. Only a later acceptance changes that: a refusal of the next try proves nothing of this one. */
    void uncertain() {
        state = RecipientState.UNCERTAIN;
    }

    /** Nothing more will be done for it. */
    void givenUp() {
        open = false;
    }

    /** What it was refused by, or {@code null}. */
    Setback rejection() {
        return rejection;
    }

    /** Whether the last word on it was a refusal, for now or for good. */
    boolean wasRefused() {
        return reply != null && (reply.isTransient() || reply.isPermanent());
    }

    /** Whether Angus would list it as invalid rather than as valid but unsent. */
    boolean isInvalidToAngus() {
        return state == RecipientState.REJECTED && reply != null && reply.isPermanent() && reply.code() != 552;
    }

    RecipientOutcome outcome() {
        return new RecipientOutcome(address, state, envelope, Optional.ofNullable(reply));
    }
}
