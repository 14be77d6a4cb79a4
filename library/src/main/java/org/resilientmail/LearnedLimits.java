package org.resilientmail;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.pool.PoolLimits;
import org.resilientmail.reply.LimitKind;

/**
 * Limits the relay named or announced, kept from then on. A limit is only ever lowered, and never raises a configured
 * one. Durations are kept in nanoseconds. Thread-safe.
 */
final class LearnedLimits {

    private final Map<LimitKind, Long> limits = new EnumMap<>(LimitKind.class);

    /** Keeps a limit; tells whether it is news. */
    synchronized boolean learn(LimitKind kind, long value) {
        if (value < 1) {
            return false;
        }
        Long known = limits.get(kind);
        if (known != null && known <= value) {
            return false;
        }
        limits.put(kind, value);
        return true;
    }

    /** All of them, by name. */
    synchronized Map<String, Long> all() {
        Map<String, Long> named = new TreeMap<>();
        limits.forEach((kind, value) -> named.put(kind.name(), value));
        return named;
    }

    synchronized OptionalLong get(LimitKind kind) {
        Long value = limits.get(kind);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    int maxRecipients(ResilientConfig config) {
        return atMost(config.maxRecipients(), LimitKind.RECIPIENTS_PER_MESSAGE);
    }

    PoolLimits poolLimits(ResilientConfig config) {
        var session = config.session();
        return new PoolLimits(
                atMost(session.maxOpen(), LimitKind.SESSIONS_AT_ONCE),
                atMost(session.maxMessages(), LimitKind.MESSAGES_PER_SESSION),
                atMost(session.maxLifetime(), LimitKind.SESSION_LIFETIME),
                atMost(session.maxIdle(), LimitKind.SESSION_IDLE),
                session.maxWait());
    }

    private int atMost(int configured, LimitKind kind) {
        return (int) Math.min(configured, get(kind).orElse(Long.MAX_VALUE));
    }

    private Duration atMost(Duration configured, LimitKind kind) {
        OptionalLong learned = get(kind);
        return learned.isPresent() && learned.getAsLong() < configured.toNanos()
                ? Duration.ofNanos(learned.getAsLong())
                : configured;
    }
}
