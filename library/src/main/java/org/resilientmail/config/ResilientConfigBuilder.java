package org.resilientmail.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration built in code. The methods are named after the keys; {@link ConfigKeys#all()} tells what each allows.
 * Nothing is checked before {@link #build()}, which then reports all mistakes at once. Not thread-safe.
 */
public final class ResilientConfigBuilder {

    private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

    ResilientConfigBuilder() {}

    /**
     * Key {@code enabled}.
     *
     * @param enabled whether the transport decorates at all
     * @return this
     */
    public ResilientConfigBuilder enabled(boolean enabled) {
        return set(ConfigKeys.ENABLED, enabled);
    }

    /**
     * Key {@code profile}: the limits of a provider. Values set by the other methods win, before or after this call.
     *
     * @param name a known profile
     * @return this
     */
    public ResilientConfigBuilder profile(String name) {
        return set(ConfigKeys.PROFILE, name == null ? null : Optional.of(name));
    }

    /**
     * Key {@code session.max-open}.
     *
     * @param sessions sessions at once, per account; at least 1
     * @return this
     */
    public ResilientConfigBuilder sessionMaxOpen(int sessions) {
        return set(ConfigKeys.SESSION_MAX_OPEN, sessions);
    }

    /**
     * Key {@code session.max-messages}.
     *
     * @param messages messages before a session is replaced; at least 1
     * @return this
     */
    public ResilientConfigBuilder sessionMaxMessages(int messages) {
        return set(ConfigKeys.SESSION_MAX_MESSAGES, messages);
    }

    /**
     * Key {@code session.max-lifetime}.
     *
     * @param age at which a session is replaced; at least 1 ms
     * @return this
     */
    public ResilientConfigBuilder sessionMaxLifetime(Duration age) {
        return set(ConfigKeys.SESSION_MAX_LIFETIME, age);
    }

    /**
     * Key {@code session.max-idle}.
     *
     * @param idle time without use after which a session is closed; at least 1 ms
     * @return this
     */
    public ResilientConfigBuilder sessionMaxIdle(Duration idle) {
        return set(ConfigKeys.SESSION_MAX_IDLE, idle);
    }

    /**
     * Key {@code session.max-wait}.
     *
     * @param wait longest wait for a free session; zero: do not wait
     * @return this
     */
    public ResilientConfigBuilder sessionMaxWait(Duration wait) {
        return set(ConfigKeys.SESSION_MAX_WAIT, wait);
    }

    /**
     * Key {@code message.max-recipients}.
     *
     * @param recipients envelope recipients per message; at least 1
     * @return this
     */
    public ResilientConfigBuilder messageMaxRecipients(int recipients) {
        return set(ConfigKeys.MESSAGE_MAX_RECIPIENTS, recipients);
    }

    /**
     * Key {@code rate.messages}.
     *
     * @param windows messages per period, every period at most once; none: no limit
     * @return this
     */
    public ResilientConfigBuilder rateMessages(RateWindow... windows) {
        return set(ConfigKeys.RATE_MESSAGES, copy(windows));
    }

    /**
     * Key {@code rate.recipients}.
     *
     * @param windows envelope recipients per period, every period at most once; none: no limit
     * @return this
     */
    public ResilientConfigBuilder rateRecipients(RateWindow... windows) {
        return set(ConfigKeys.RATE_RECIPIENTS, copy(windows));
    }

    /**
     * Key {@code rate.max-wait}.
     *
     * @param wait longest wait for a permit; zero: do not wait
     * @return this
     */
    public ResilientConfigBuilder rateMaxWait(Duration wait) {
        return set(ConfigKeys.RATE_MAX_WAIT, wait);
    }

    /**
     * Key {@code retry.max-attempts}.
     *
     * @param attempts in one send call, the first included; at least 1
     * @return this
     */
    public ResilientConfigBuilder retryMaxAttempts(int attempts) {
        return set(ConfigKeys.RETRY_MAX_ATTEMPTS, attempts);
    }

    /**
     * Key {@code retry.max-timeouts}.
     *
     * @param timeouts in a row at the same step of a conversation after which it is not tried again; at least 1
     * @return this
     */
    public ResilientConfigBuilder retryMaxTimeouts(int timeouts) {
        return set(ConfigKeys.RETRY_MAX_TIMEOUTS, timeouts);
    }

    /**
     * Key {@code retry.initial-wait}.
     *
     * @param wait before the second attempt; at least 1 ms
     * @return this
     */
    public ResilientConfigBuilder retryInitialWait(Duration wait) {
        return set(ConfigKeys.RETRY_INITIAL_WAIT, wait);
    }

    /**
     * Key {@code retry.max-wait}.
     *
     * @param wait longest between two attempts; not shorter than the first
     * @return this
     */
    public ResilientConfigBuilder retryMaxWait(Duration wait) {
        return set(ConfigKeys.RETRY_MAX_WAIT, wait);
    }

    /**
     * Key {@code retry.multiplier}.
     *
     * @param factor growth of the wait; from 1 to 100
     * @return this
     */
    public ResilientConfigBuilder retryMultiplier(double factor) {
        return set(ConfigKeys.RETRY_MULTIPLIER, factor);
    }

    /**
     * Key {@code retry.jitter}.
     *
     * @param share of a wait that is random; from 0 to 1
     * @return this
     */
    public ResilientConfigBuilder retryJitter(double share) {
        return set(ConfigKeys.RETRY_JITTER, share);
    }

    /**
     * Key {@code retry.deadline}.
     *
     * @param budget of one send call, waits included; at least 1 ms
     * @return this
     */
    public ResilientConfigBuilder retryDeadline(Duration budget) {
        return set(ConfigKeys.RETRY_DEADLINE, budget);
    }

    /**
     * Key {@code retry.uncertain}.
     *
     * @param policy what to do when the server may have accepted
     * @return this
     */
    public ResilientConfigBuilder retryUncertain(UncertainPolicy policy) {
        return set(ConfigKeys.RETRY_UNCERTAIN, policy);
    }

    /**
     * Key {@code auth.initial-wait}.
     *
     * @param wait how long credentials that were refused are not tried again; zero: try them every time
     * @return this
     */
    public ResilientConfigBuilder authInitialWait(Duration wait) {
        return set(ConfigKeys.AUTH_INITIAL_WAIT, wait);
    }

    /**
     * Key {@code auth.max-wait}.
     *
     * @param wait what that doubles to with every further refusal, at most; not shorter than the first
     * @return this
     */
    public ResilientConfigBuilder authMaxWait(Duration wait) {
        return set(ConfigKeys.AUTH_MAX_WAIT, wait);
    }

    /**
     * Key {@code pipelining}.
     *
     * @param pipelining whether commands are sent without waiting for the reply to each, where the relay announces it
     * @return this
     */
    public ResilientConfigBuilder pipelining(boolean pipelining) {
        return set(ConfigKeys.PIPELINING, pipelining);
    }

    /**
     * Key {@code pipelining.pause}.
     *
     * @param pause how long a relay that cannot do what it announces is spoken to plainly; at least 1 ms
     * @return this
     */
    public ResilientConfigBuilder pipeliningPause(Duration pause) {
        return set(ConfigKeys.PIPELINING_PAUSE, pause);
    }

    /**
     * Key {@code chunking}.
     *
     * @param chunking whether messages go by {@code BDAT}, where the relay announces it, and how
     * @return this
     */
    public ResilientConfigBuilder chunking(Chunking chunking) {
        return set(ConfigKeys.CHUNKING, chunking);
    }

    /**
     * Key {@code replies}.
     *
     * @param file a readable file of classification rules
     * @return this
     */
    public ResilientConfigBuilder replies(Path file) {
        return set(ConfigKeys.REPLIES, file == null ? null : Optional.of(file));
    }

    /**
     * The configuration. The builder can be used on.
     *
     * @return a new configuration
     * @throws ConfigurationException if a value is null or out of range, a profile is unknown, a file cannot be read, or
     *     values contradict each other; the message names all of them
     */
    public ResilientConfig build() {
        Problems problems = new Problems();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<Setting<?>, Object> value : values.entrySet()) {
            put(value.getKey(), value.getValue(), entries, problems);
        }
        problems.throwIfAny();
        ResilientConfig config =
                Assembler.assemble(Effective.general(List.of(new Layer(entries, Map.of())), problems), problems);
        problems.throwIfAny();
        return config;
    }

    private static <T> void put(Setting<T> setting, Object value, Map<String, Entry> entries, Problems problems) {
        @SuppressWarnings("unchecked") // only set() fills the map, with the setting's own type
        T typed = (T) value;
        if (problems.check(setting, typed)) {
            entries.put(setting.name(), Contradictions.inCode(setting, typed));
        }
    }

    private <T> ResilientConfigBuilder set(Setting<T> setting, T value) {
        values.put(setting, value);
        return this;
    }

    /** A null within is reported by build(), so it has to survive the copy. */
    private static List<RateWindow> copy(RateWindow... windows) {
        return windows == null ? null : Collections.unmodifiableList(Arrays.asList(windows.clone()));
    }
}
