package org.resilientmail.config;

import java.time.Duration;

/**
 * For how long credentials that were refused are not tried again, so that a loop over many messages does not lock the
 * account.
 *
 * @param initialWait after the first refusal ({@code auth.initial-wait}); zero: every call tries them
 * @param maxWait the longest, to which it doubles with every further refusal ({@code auth.max-wait}), not shorter than
 *     the first
 */
public record AuthSettings(Duration initialWait, Duration maxWait) {

    /**
     * Settings that keep what {@link ConfigKeys} allows.
     *
     * @param initialWait see {@link #initialWait()}
     * @param maxWait see {@link #maxWait()}
     * @throws ConfigurationException if a value is null or out of range, or if the first wait is longer than the longest
     */
    public AuthSettings {
        Problems problems = new Problems();
        problems.check(ConfigKeys.AUTH_INITIAL_WAIT, initialWait);
        problems.check(ConfigKeys.AUTH_MAX_WAIT, maxWait);
        problems.throwIfAny();
        Contradictions.checkWaits(
                ConfigKeys.AUTH_INITIAL_WAIT, initialWait, ConfigKeys.AUTH_MAX_WAIT, maxWait, problems);
        problems.throwIfAny();
    }
}
