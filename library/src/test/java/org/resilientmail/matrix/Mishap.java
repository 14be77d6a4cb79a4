package org.resilientmail.matrix;

import java.util.Optional;
import java.util.Random;
import org.resilientmail.testkit.Fault;

/** What goes wrong: a fault of the server with the kind of reply it gives. */
enum Mishap {
    TRANSIENT(Fault.REPLY, Words.TRANSIENT),
    TRANSIENT_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.TRANSIENT),
    PERMANENT(Fault.REPLY, Words.PERMANENT),
    PERMANENT_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.PERMANENT),
    CLOSING_AND_STAYING(Fault.REPLY, Words.CLOSING),
    CLOSING_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.CLOSING),
    OTHER_SUCCESS(Fault.REPLY, Words.SUCCESS),
    SUCCESS_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.SUCCESS),
    INTERMEDIATE(Fault.REPLY, Words.INTERMEDIATE),
    INTERMEDIATE_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.INTERMEDIATE),
    MALFORMED(Fault.REPLY, Words.MALFORMED),
    MALFORMED_AND_CLOSE(Fault.REPLY_THEN_CLOSE, Words.MALFORMED),
    CLOSE(Fault.CLOSE),
    RESET(Fault.RESET),
    SILENCE(Fault.SILENCE),
    GARBAGE(Fault.GARBAGE),
    HALF_LINE(Fault.HALF_LINE),
    HALF_LINE_THEN_SILENCE(Fault.HALF_LINE_THEN_SILENCE),
    TWO_REPLIES_GOOD(Fault.TWO_REPLIES, Words.SUCCESS),
    TWO_REPLIES_BAD(Fault.TWO_REPLIES, Words.PERMANENT),
    STALE_REPLY(Fault.STALE_REPLY_BEFORE, Words.STALE),
    SLOW_DRIP(Fault.SLOW_DRIP),
    BARE_LF(Fault.BARE_LF),
    LONG_LINE(Fault.LONG_LINE),
    CODE_CHANGE_TO_BAD(Fault.CODE_CHANGE_IN_MULTILINE, Words.PERMANENT),
    CODE_CHANGE_TO_GOOD(Fault.CODE_CHANGE_IN_MULTILINE, Words.INTERMEDIATE),
    PLAINTEXT_IN_TLS(Fault.PLAINTEXT_IN_TLS, Words.STALE),
    ACCEPT_THEN_CLOSE(Fault.ACCEPT_THEN_CLOSE),
    ACCEPT_THEN_RESET(Fault.ACCEPT_THEN_RESET),
    ACCEPT_THEN_SILENCE(Fault.ACCEPT_THEN_SILENCE);

    private final Fault fault;
    private final Words words;

    Mishap(Fault fault) {
        this(fault, Words.ORDINARY);
    }

    Mishap(Fault fault, Words words) {
        this.fault = fault;
        this.words = words;
    }

    Fault fault() {
        return fault;
    }

    /** Whether the client has to wait until its own patience ends. */
    boolean isSilent() {
        return fault == Fault.SILENCE || fault == Fault.HALF_LINE_THEN_SILENCE || fault == Fault.ACCEPT_THEN_SILENCE;
    }

    /** Whether a reply to the final dot told by this can be understood: it leaves no doubt, so nothing is sent again. */
    boolean isClear() {
        return switch (this) {
            case TRANSIENT,
                    PERMANENT,
                    PERMANENT_AND_CLOSE,
                    TRANSIENT_AND_CLOSE,
                    OTHER_SUCCESS,
                    SLOW_DRIP,
                    BARE_LF,
                    LONG_LINE -> true;
            default -> false;
        };
    }

    /** Whether it can be had at all at this place. */
    boolean fits(Position position) {
        if (position == Position.DIAL) {
            return this == RESET || this == SILENCE; // a refused connection is a reset, a dropped one a silence
        }
        // In the middle of a message only a refusal may be spoken: who hears of success there is lied to, and cannot
        // know.
        boolean spoken = position != Position.BODY || words.fitWithinBody() || this == PLAINTEXT_IN_TLS;
        return spoken
                && position.step()
                        .map(step -> fault.fits(step, words(position) != Words.ORDINARY))
                        .orElseThrow();
    }

    /** The reply; empty for the ordinary one of the step. */
    Optional<String> draw(Position position, Random random) {
        return words(position).draw(random);
    }

    private Words words(Position position) {
        boolean needsWords = position.step()
                .map(step -> words == Words.ORDINARY && !fault.fits(step, false))
                .orElse(false);
        return needsWords ? Words.TRANSIENT : words;
    }
}
