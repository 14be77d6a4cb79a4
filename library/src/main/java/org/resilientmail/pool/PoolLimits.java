package org.resilientmail.pool;

import java.time.Duration;

/**
 * The bounds a caller wants its session to keep. They travel with each request, so that a caller with tighter limits
 * gets them although others share the pool.
 *
 * @param maxOpen sessions at once, at least 1
 * @param maxUses uses before a session is replaced, at least 1
 * @param maxLifetime age at which a session is not handed out any more
 * @param maxIdle time after which an idle session is closed
 * @param maxWait longest wait for a free session
 */
public record PoolLimits(int maxOpen, int maxUses, Duration maxLifetime, Duration maxIdle, Duration maxWait) {

    /**
     * Checks the ranges.
     *
     * @param maxOpen see {@link #maxOpen()}
     * @param maxUses see {@link #maxUses()}
     * @param maxLifetime see {@link #maxLifetime()}
     * @param maxIdle see {@link #maxIdle()}
     * @param maxWait see {@link #maxWait()}
     */
    public PoolLimits {
        if (maxOpen < 1 || maxUses < 1) {
            throw new IllegalArgumentException(
                    "maxOpen and maxUses have to be at least 1, not " + maxOpen + " and " + maxUses);
        }
    }
}
