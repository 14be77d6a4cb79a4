package org.resilientmail.config;

import java.time.Duration;

/**
 * How often and for how long one send call tries.
 *
 * @param maxAttempts attempts in all, the first included ({@code retry.max-attempts}), at least 1
 * @param initialWait wait before the second attempt ({@code retry.initial-wait})
 * @param maxWait longest wait between two attempts ({@code retry.max-wait}), not shorter than the first
 * @param multiplier growth of the wait from attempt to attempt ({@code retry.multiplier}), from 1 to 100
 * @param jitter share by which a wait is shortened or lengthened at random ({@code retry.jitter}), from 0 to 1
 * @param deadline whole budget of one send call, waits included ({@code retry.deadline})
 * @param uncertain what to do when the server may have accepted ({@code retry.uncertain})
 */
public record RetrySettings(
        int maxAttempts,
        Duration initialWait,
        Duration maxWait,
        double multiplier,
        double jitter,
        Duration deadline,
        UncertainPolicy uncertain) {

    /**
     * Settings that keep what {@link ConfigKeys} allows.
     *
     * @param maxAttempts see {@link #maxAttempts()}
     * @param initialWait see {@link #initialWait()}
     * @param maxWait see {@link #maxWait()}
     * @param multiplier see {@link #multiplier()}
     * @param jitter see {@link #jitter()}
     * @param deadline see {@link #deadline()}
     * @param uncertain see {@link #uncertain()}
     * @throws ConfigurationException if a value is null or out of range, or if the first wait is longer than the longest
     */
    public RetrySettings {
        Problems problems = new Problems();
        problems.check(ConfigKeys.RETRY_MAX_ATTEMPTS, maxAttempts);
        problems.check(ConfigKeys.RETRY_INITIAL_WAIT, initialWait);
        problems.check(ConfigKeys.RETRY_MAX_WAIT, maxWait);
        problems.check(ConfigKeys.RETRY_MULTIPLIER, multiplier);
        problems.check(ConfigKeys.RETRY_JITTER, jitter);
        problems.check(ConfigKeys.RETRY_DEADLINE, deadline);
        problems.check(ConfigKeys.RETRY_UNCERTAIN, uncertain);
        problems.throwIfAny();
        Contradictions.checkWaits(
                ConfigKeys.RETRY_INITIAL_WAIT, initialWait, ConfigKeys.RETRY_MAX_WAIT, maxWait, problems);
        problems.throwIfAny();
    }
}
