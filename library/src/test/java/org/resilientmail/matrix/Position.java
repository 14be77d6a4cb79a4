package org.resilientmail.matrix;

import java.util.Optional;
import java.util.function.Predicate;
import org.resilientmail.testkit.Encounter;
import org.resilientmail.testkit.Step;

/**
 * Where in the conversation the fault strikes. Finer than a {@link Step}: which recipient, which answer to a challenge,
 * which EHLO. A place in a pipelined flight would be one more of these.
 */
enum Position {
    /** The connection is not made: nobody listens, or nobody answers. */
    DIAL(Stage.OPENING, null, 0),
    GREETING(Stage.OPENING, Step.CONNECT, 0),
    EHLO(Stage.OPENING, Step.EHLO, 1),
    STARTTLS(Stage.OPENING, Step.STARTTLS, 0),
    HANDSHAKE(Stage.OPENING, Step.TLS_HANDSHAKE, 0),
    /** The EHLO after STARTTLS. */
    EHLO_IN_TLS(Stage.OPENING, Step.EHLO, 2),
    AUTH(Stage.OPENING, Step.AUTH, 0),
    /** The answer to the first challenge of AUTH LOGIN, the only mechanism here that has one. */
    FIRST_ANSWER(Stage.OPENING, Step.AUTH_CONTINUE, 1),
    SECOND_ANSWER(Stage.OPENING, Step.AUTH_CONTINUE, 2),
    MAIL(Stage.TRANSACTION, Step.MAIL, 0),
    RCPT_FIRST(Stage.TRANSACTION, Step.RCPT, 0),
    RCPT_SECOND(Stage.TRANSACTION, Step.RCPT, 0),
    /** With several envelopes, the last one of the last envelope. */
    RCPT_LAST(Stage.TRANSACTION, Step.RCPT, 0),
    DATA(Stage.TRANSACTION, Step.DATA, 0),
    BODY(Stage.TRANSACTION, Step.BODY, 0),
    /** The reply to a BDAT chunk that is not the last. */
    CHUNK(Stage.TRANSACTION, Step.CHUNK, 0),
    END_OF_DATA(Stage.TRANSACTION, Step.END_OF_DATA, 0),
    /** After all recipients of the first attempt were put off. */
    RSET(Stage.UPKEEP, Step.RSET, 0),
    /** The sign of life asked of a session that stood idle for more than half a second. */
    NOOP(Stage.UPKEEP, Step.NOOP, 0),
    /** The goodbye when the session has carried its last message, within the caller's own call. */
    QUIT(Stage.UPKEEP, Step.QUIT, 0);

    /** What the place belongs to. */
    enum Stage {
        /** Before any message. */
        OPENING,
        /** From MAIL to the reply to the final dot. */
        TRANSACTION,
        /** Between messages. */
        UPKEEP
    }

    private final Stage stage;
    private final Step step;
    private final int nthInSession;

    Position(Stage stage, Step step, int nthInSession) {
        this.stage = stage;
        this.step = step;
        this.nthInSession = nthInSession;
    }

    Stage stage() {
        return stage;
    }

    /** The server's step; empty where there is no server to take it. */
    Optional<Step> step() {
        return Optional.ofNullable(step);
    }

    /** Whether a final reply may be outstanding here, or may be made to look so, so that a doubt can arise. */
    boolean canLeaveDoubt(Path path) {
        return switch (this) {
            case DATA, BODY, CHUNK, END_OF_DATA -> true;
            // What the relay says too much lies there when the next command is sent, and that may be the last chunk.
            case RCPT_FIRST, RCPT_SECOND, RCPT_LAST -> path == Path.BDAT;
            default -> false;
        };
    }

    /** Tells this place from others of the same step. Keeps count, so each server needs its own. */
    Predicate<Encounter> encounters(Shape shape) {
        return switch (this) {
            case RCPT_FIRST -> to(Shape.address(0));
            case RCPT_SECOND -> to(Shape.address(1));
            case RCPT_LAST -> to(shape.lastRecipient());
            default -> nthInSession == 0 ? any -> true : new NthInSession(nthInSession);
        };
    }

    private static Predicate<Encounter> to(String address) {
        return encounter -> encounter.recipients().contains(address);
    }
}
