package org.resilientmail.testkit;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * One line of a server's script: at a step, under conditions, so many times, do this. The handle a test keeps to see
 * that the fault happened and to end a silence. Thread-safe.
 */
public final class Rule {

    private final Monitor monitor;
    private final Step step;
    private final Predicate<Encounter> condition;
    private final int times;
    private final Fault fault;
    private final String text;
    private final Duration pause;
    private final boolean forGood;
    private int fired;
    private boolean released;

    private Rule(
            Monitor monitor,
            Step step,
            Predicate<Encounter> condition,
            int times,
            Fault fault,
            String text,
            Duration pause,
            boolean forGood) {
        if (!fault.fits(step, text != null)) {
            throw new IllegalArgumentException(
                    fault + (text == null ? " without a text" : " with a text") + " makes no sense at " + step);
        }
        this.monitor = monitor;
        this.step = step;
        this.condition = condition;
        this.times = times;
        this.fault = fault;
        this.text = text;
        this.pause = pause;
        this.forGood = forGood;
    }

    Rule(
            Monitor monitor,
            Step step,
            Predicate<Encounter> condition,
            int times,
            Fault fault,
            String text,
            Duration pause) {
        this(monitor, step, condition, times, fault, text, pause, false);
    }

    /** What happens at one encounter; nobody has a handle on it. */
    static Rule once(Monitor monitor, Step step, FaultSource.Mishap mishap) {
        return new Rule(monitor, step, any -> true, 1, mishap.fault(), mishap.text(), Duration.ofMillis(1), true);
    }

    /** How often it has happened so far. */
    public int fired() {
        return monitor.read(() -> fired);
    }

    /**
     * Waits until it has happened at least {@code n} times.
     *
     * @throws AssertionError when that takes longer than twenty seconds
     */
    public void awaitFired(int n) {
        monitor.require(() -> fired >= n, Monitor.PATIENCE, () -> this + " happened " + fired + " times, not " + n);
    }

    /** Ends the silence of all sessions that this rule has silenced, and of those that it will. */
    public void release() {
        monitor.change(() -> released = true);
    }

    /** Takes one of the rule's times, if the encounter is one of its own; call under the monitor. */
    boolean claim(Encounter encounter) {
        if (step != encounter.step() || fired >= times || !condition.test(encounter)) {
            return false;
        }
        fired++;
        return true;
    }

    /** Whether nobody can release it: it was drawn for this one encounter. */
    boolean isForGood() {
        return forGood;
    }

    /** Whether the silence is over; call under the monitor. */
    boolean isReleased() {
        return released;
    }

    Step step() {
        return step;
    }

    Fault fault() {
        return fault;
    }

    /** The reply, or {@code null} for the ordinary one. */
    String text() {
        return text;
    }

    Duration pause() {
        return pause;
    }

    @Override
    public String toString() {
        return fault + " at " + step
                + (text == null ? "" : " (" + text.lines().findFirst().orElse("") + ")");
    }
}
