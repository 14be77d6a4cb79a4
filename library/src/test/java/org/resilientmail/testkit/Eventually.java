package org.resilientmail.testkit;

import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about and nobody tells. */
public final class Eventually {

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError with the description if it does not within twenty seconds
     */
    public static void until(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Monitor.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + Monitor.PATIENCE + ": " + description);
            }
            Thread.yield();
        }
    }
}
