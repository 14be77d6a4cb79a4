package org.resilientmail.example.relay;

import java.time.Duration;
import java.util.Objects;

/**
 * The standing limits of a relay.
 *
 * @param recipientsPerMessage recipients in one envelope, at least 1
 * @param messagesPerSession messages accepted in one session, at least 1
 * @param sessionLifetime age at which a session is closed, positive
 * @param idle silence after which a session is closed, positive
 * @param sessionsPerUser authenticated sessions at once for one user, at least 1
 * @param messageSize largest message in octets, at least 1
 * @param monthlyQuota messages accepted in all before the plan is used up, at least 1
 * @param failedLogins failed logins in a row from one address before it is blocked, at least 1
 */
public record RelayLimits(
        int recipientsPerMessage,
        int messagesPerSession,
        Duration sessionLifetime,
        Duration idle,
        int sessionsPerUser,
        long messageSize,
        int monthlyQuota,
        int failedLogins) {

    /** Checks the ranges. */
    public RelayLimits {
        Objects.requireNonNull(sessionLifetime, "sessionLifetime");
        Objects.requireNonNull(idle, "idle");
        if (recipientsPerMessage < 1
                || messagesPerSession < 1
                || sessionsPerUser < 1
                || messageSize < 1
                || monthlyQuota < 1
                || failedLogins < 1) {
            throw new IllegalArgumentException("a limit must be at least 1");
        }
        if (sessionLifetime.isNegative() || sessionLifetime.isZero() || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("a time limit must be positive");
        }
    }

    /** {@return the limits the provider publishes for its relay; the quota is that of a plan of ours} */
    public static RelayLimits published() {
        return new RelayLimits(50, 20, Duration.ofMinutes(30), Duration.ofSeconds(120), 2, 20L << 20, 10_000, 5);
    }
}
