package org.resilientmail.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.resilientmail.pool.PoolStatus;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Messages;

/**
 * Runs one cell: a message before the fault, if the session is to be a pooled one; the call that meets the fault; the
 * next message on the same account; the end of it all. Any number of cells may run at once: each has a server, an engine
 * and a clock of its own.
 */
final class CellRun {

    /** For whatever a loaded machine may add to a bound: none of this is about speed. */
    private static final Duration NOISE = Duration.ofSeconds(20);

    /** What a goodbye may take at most. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Longer than any pause, throttle or lock-out of an account: a sender's quota is one of a day. */
    private static final Duration AGES = Duration.ofDays(2);

    /** How long a session has to stand idle before it is asked for a sign of life. */
    private static final Duration DOZE = Duration.ofMillis(600);

    /** By how much the client's time-outs grow when the machine turns out to be too slow for them, and how often. */
    private static final int MORE_PATIENCE = 4;

    private static final int MOST_PATIENCE = 64;

    /**
     * What came of it.
     *
     * @param cell the cell
     * @param variant what was drawn for it
     * @param problems what is wrong; empty if nothing
     * @param transcript the server's account, if something is wrong
     */
    record Result(Cell cell, Variant variant, List<String> problems, String transcript) {

        boolean isGood() {
            return problems.isEmpty();
        }
    }

    private final Cell cell;
    private final Variant variant;
    private final Supplier<Courier> couriers;
    private final Watchdog watchdog;

    CellRun(long seed, Cell cell, Supplier<Courier> couriers, Watchdog watchdog) {
        this.cell = cell;
        this.variant = Variant.draw(seed, cell);
        this.couriers = couriers;
        this.watchdog = watchdog;
    }

    /** Runs the cell; once more with longer time-outs where an innocent message failed for nothing but short ones. */
    Result run() {
        for (int patience = 1; ; patience *= MORE_PATIENCE) {
            try {
                return attempt(patience, patience == MOST_PATIENCE);
            } catch (TooSlow slow) {
                // The machine's fault or ours: with ample time-outs it will show.
            } catch (Exception | Error e) {
                return new Result(cell, variant, List.of("the cell could not be run: " + e), trace(e));
            }
        }
    }

    private static String trace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private Result attempt(int patience, boolean last) throws Exception {
        try (Rig rig = new Rig(cell, variant, patience);
                Courier courier = couriers.get()) {
            Verdict verdict = new Verdict(rig.server());
            boolean scant = cell.isSilent() && !last;
            if (cell.age() == Age.POOLED) {
                Dispatch before = send(rig, courier, AGES, "before@example.com");
                insistOnTime(scant, before.timedOut());
                verdict.onTheInnocent("the message before", before);
                setTheScene(rig, courier);
            }
            call(rig, courier, verdict);
            insistOnTime(scant, !rig.hasStruck());
            if (cell.position().stage() == Position.Stage.OPENING) {
                courier.letPass(AGES); // credentials that were refused may not be tried again for a while
            }
            Dispatch after = send(rig, courier, AGES, "after@example.com");
            insistOnTime(scant, after.timedOut());
            verdict.onTheInnocent("the next message", after);
            if (cell.path().hasData() || cell.age() == Age.POOLED) { // else it may have been given up before
                verdict.that(
                        "the way the messages went",
                        () -> assertThat(rig.server().account().count("BDAT") > 0)
                                .isNotEqualTo(cell.path().hasData()));
            }
            endsWithNothingLeft(rig, courier, verdict);
            List<String> problems = verdict.problems();
            return new Result(
                    cell,
                    variant,
                    problems,
                    problems.isEmpty() ? "" : rig.server().account().transcript());
        }
    }

    private void setTheScene(Rig rig, Courier courier) {
        if (cell.position() == Position.NOOP) {
            courier.letPass(DOZE);
        } else if (cell.position().stage() == Position.Stage.OPENING) {
            rig.loseIdleSessions();
        }
    }

    private void call(Rig rig, Courier courier, Verdict verdict) throws Exception {
        Duration bound = bound(rig);
        rig.strike();
        long start = courier.nanoTime();
        Watchdog.Watch watch = watchdog.watch(bound, rig.server()::resetAll);
        Dispatch call;
        try (watch) {
            call = send(rig, courier, variant.deadline(), cell.shape().recipients());
        }
        Duration took = Duration.ofNanos(courier.nanoTime() - start);
        Thread.interrupted(); // by the watchdog, perhaps; that is told by the next line
        if (cell.position() == Position.QUIT) { // said when nobody waits for it any more
            verdict.that("the goodbye", () -> Eventually.until("the fault has struck", rig::hasStruck));
        }
        if (cell.path() == Path.ONE_FLIGHT) { // a close that is on its way cannot be seen by who sends all at once
            verdict.that("the close", () -> Eventually.until("the relay has closed", rig::hasClosed));
        }
        rig.relent();
        verdict.that("the end of the call", () -> {
            assertThat(watch.foundAt()).as("where it was after " + bound).isEmpty();
            assertThat(took).isLessThan(bound);
        });
        verdict.that("the fault struck", () -> assertThat(rig.hasStruck()).isTrue());
        verdict.onTheCall(call, rig.mostCopies());
        if (mustSucceed()) {
            verdict.onTheInnocent("the call, which no fault concerned", call);
        }
    }

    /** What can be told of a message must not depend on the goodbye after it, or on a session found dead before it. */
    private boolean mustSucceed() {
        boolean asked = cell.position() == Position.NOOP && !variant.lasting();
        return (asked || cell.position() == Position.QUIT) && variant.deadline().equals(Variant.LONG);
    }

    /** {@code connect} and {@code sendMessage} have a deadline each; after it only the dot and goodbyes are waited for. */
    private Duration bound(Rig rig) {
        int sessions = Rig.MAX_ATTEMPTS * cell.shape().envelopes();
        return variant.deadline()
                .multipliedBy(2)
                .plus(rig.readTimeout())
                .plus(variant.drip().multipliedBy(100))
                .plus(GOODBYE.multipliedBy(sessions))
                .plus(NOISE);
    }

    private Dispatch send(Rig rig, Courier courier, Duration deadline, String... recipients) throws Exception {
        Session session = rig.session(deadline);
        MimeMessage message = Messages.withText(session, variant.text(), recipients);
        return Dispatch.of(courier, session, message, variant.text());
    }

    private static void insistOnTime(boolean wasScant, boolean wasTooScant) throws TooSlow {
        if (wasScant && wasTooScant) {
            throw new TooSlow();
        }
    }

    private void endsWithNothingLeft(Rig rig, Courier courier, Verdict verdict) {
        String protocol = cell.security() == Security.IMPLICIT_TLS ? "smtps" : "smtp";
        String user = variant.login() ? Rig.USER : null;
        courier.close();
        verdict.that("a socket is left", () -> rig.server().account().awaitOpenSockets(0));
        verdict.that(
                "a lease is left",
                () -> Eventually.until(
                        "an empty pool",
                        () -> isEmpty(courier.pool(
                                protocol, rig.server().host(), rig.server().port(), user))));
    }

    private static boolean isEmpty(PoolStatus status) {
        return status.open() == 0 && status.waiting() == 0;
    }

    /** A message that no fault concerned was not answered within the client's time-out, or none came as far as it. */
    private static final class TooSlow extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
