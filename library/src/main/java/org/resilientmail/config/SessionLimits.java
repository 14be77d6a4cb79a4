package org.resilientmail.config;

import java.time.Duration;

/**
 * How many SMTP sessions an account has, and when one is replaced.
 *
 * @param maxOpen sessions at once ({@code session.max-open}), at least 1
 * @param maxMessages messages sent before a session is replaced ({@code session.max-messages}), at least 1
 * @param maxLifetime age at which a session is replaced ({@code session.max-lifetime}); no send begins on an older one
 * @param maxIdle idle time after which a session is closed with QUIT ({@code session.max-idle})
 * @param maxWait longest wait for a free session ({@code session.max-wait}); zero: do not wait
 */
public record SessionLimits(int maxOpen, int maxMessages, Duration maxLifetime, Duration maxIdle, Duration maxWait) {

    /**
     * Limits that keep what {@link ConfigKeys} allows.
     *
     * @param maxOpen see {@link #maxOpen()}
     * @param maxMessages see {@link #maxMessages()}
     * @param maxLifetime see {@link #maxLifetime()}
     * @param maxIdle see {@link #maxIdle()}
     * @param maxWait see {@link #maxWait()}
     * @throws ConfigurationException if a value is null or out of range
     */
    public SessionLimits {
        Problems problems = new Problems();
        problems.check(ConfigKeys.SESSION_MAX_OPEN, maxOpen);
        problems.check(ConfigKeys.SESSION_MAX_MESSAGES, maxMessages);
        problems.check(ConfigKeys.SESSION_MAX_LIFETIME, maxLifetime);
        problems.check(ConfigKeys.SESSION_MAX_IDLE, maxIdle);
        problems.check(ConfigKeys.SESSION_MAX_WAIT, maxWait);
        problems.throwIfAny();
    }
}
