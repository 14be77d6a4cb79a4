package org.resilientmail.testkit;

import java.util.function.Predicate;

/**
 * Holds sessions at a step until a test lets them go: the way to have two things happen at the same time on purpose.
 * Opens by itself when the server closes. Thread-safe.
 */
public final class Gate {

    private final Monitor monitor;
    private final Step step;
    private final Predicate<Encounter> condition;
    private int arrived;
    private int passed;
    private int permits;
    private boolean open;

    Gate(Monitor monitor, Step step, Predicate<Encounter> condition) {
        this.monitor = monitor;
        this.step = step;
        this.condition = condition;
    }

    /**
     * Waits until at least {@code n} sessions have come to the gate, whether or not they have passed it since.
     *
     * @throws AssertionError when that takes longer than twenty seconds
     */
    public void awaitArrived(int n) {
        monitor.require(
                () -> arrived >= n,
                Monitor.PATIENCE,
                () -> arrived + " sessions arrived at the gate at " + step + ", not " + n);
    }

    /** How many sessions stand at the gate now. */
    public int waiting() {
        return monitor.read(() -> arrived - passed);
    }

    /** Lets one session pass: the one that waits, or the next one to come. */
    public void releaseOne() {
        monitor.change(() -> permits++);
    }

    /** Opens the gate for all that wait and all that come later. */
    public void release() {
        monitor.change(() -> open = true);
    }

    boolean isAt(Step other) {
        return step == other;
    }

    /** Whether the encounter has to wait here; call under the monitor. */
    boolean holds(Encounter encounter) {
        return !open && step == encounter.step() && condition.test(encounter);
    }

    void waitForPassage() {
        monitor.change(() -> arrived++);
        monitor.waitUntil(this::pass);
    }

    private boolean pass() {
        if (!open && permits == 0) {
            return false;
        }
        if (!open) {
            permits--;
        }
        passed++;
        return true;
    }
}
