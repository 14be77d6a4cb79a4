package org.resilientmail.matrix;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a combination is not run. What is left out for a reason given here is counted in the matrix' last line. */
enum Nonsense {
    /** The first of these places exists only with STARTTLS, the handshake with any TLS. */
    NO_SUCH_STEP_WITH_THIS_SECURITY(cell -> switch (cell.position()) {
        case STARTTLS, EHLO_IN_TLS -> cell.security() != Security.STARTTLS;
        case HANDSHAKE -> cell.security() == Security.PLAIN;
        default -> false;
    }),
    /** A message goes after DATA or in chunks. */
    NO_SUCH_STEP_ON_THIS_PATH(cell -> cell.position() == (cell.path() == Path.BDAT ? Position.DATA : Position.CHUNK)),
    /** Where chunks are asked for but would change the message, it goes as it does without: shown for one kind of it. */
    NO_DIFFERENCE_TO_DATA(cell -> cell.path() == Path.CHUNKSIZE
            && (cell.shape() != Shape.SINGLE || cell.age() != Age.FRESH || cell.security() != Security.PLAIN)),
    /** A message for one has no second recipient, and its first is its last. */
    NO_SUCH_RECIPIENT(cell -> cell.shape() == Shape.SINGLE
            && (cell.position() == Position.RCPT_SECOND || cell.position() == Position.RCPT_LAST)),
    /** A session just opened is not asked for a sign of life. */
    NO_NOOP_ON_A_FRESH_SESSION(cell -> cell.position() == Position.NOOP && cell.age() == Age.FRESH),
    /** A fault may need a reply that is due, or words that may be said: see {@link Mishap#fits}. */
    NO_SUCH_MISHAP_THERE(cell -> !cell.mishap().fits(cell.position())),
    /** Plain text inside TLS needs TLS. */
    NO_TLS_THERE(cell -> cell.mishap() == Mishap.PLAINTEXT_IN_TLS
            && (cell.security() == Security.PLAIN
                    || cell.security() == Security.STARTTLS && Before.TLS.contains(cell.position()))),
    /**
     * Once it is opened, a session with TLS from the start is one with STARTTLS: it is run with one kind of envelope, sent
     * in one way.
     */
    NO_DIFFERENCE_TO_STARTTLS(cell -> cell.security() == Security.IMPLICIT_TLS
            && cell.position().stage() != Position.Stage.OPENING
            && (cell.shape() != Shape.THREE_PARTIAL || cell.path() != Path.DATA)),
    /** Before and between messages it makes no difference how a message would go. */
    NO_DIFFERENT_PATH_THERE(cell -> cell.path() != Path.DATA && cell.position().stage() != Position.Stage.TRANSACTION);

    private static final class Before {
        static final Set<Position> TLS = Set.of(Position.DIAL, Position.GREETING, Position.EHLO, Position.STARTTLS);
    }

    private final Predicate<Cell> applies;

    Nonsense(Predicate<Cell> applies) {
        this.applies = applies;
    }

    /** The first reason that applies; empty for a cell that makes sense. */
    static Optional<Nonsense> in(Cell cell) {
        return Stream.of(values()).filter(reason -> reason.applies.test(cell)).findFirst();
    }
}
