package org.resilientmail.policy;

import java.time.Duration;

/** Waits. Tests put one in place that does not. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits for the given time.
     *
     * @param duration how long; zero or less returns at once
     * @throws InterruptedException if interrupted; the wait ends at once
     */
    void sleep(Duration duration) throws InterruptedException;
}
