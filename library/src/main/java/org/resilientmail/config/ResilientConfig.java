package org.resilientmail.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that can be configured, for one account. Immutable and thread-safe; two that hold the same are equal.
 *
 * @param enabled whether the transport decorates at all ({@code enabled})
 * @param session how many sessions, and when one is replaced
 * @param maxRecipients envelope recipients per message, at least 1 ({@code message.max-recipients}); more are split
 * @param rate how fast
 * @param retry how often and for how long
 * @param auth for how long refused credentials are left alone
 * @param replies a file of the user's own classification rules ({@code replies}); empty: only the shipped ones
 */
public record ResilientConfig(
        boolean enabled,
        SessionLimits session,
        int maxRecipients,
        RateSettings rate,
        RetrySettings retry,
        AuthSettings auth,
        Optional<Path> replies) {

    private static final class Defaults {
        private static final ResilientConfig INSTANCE = builder().build();
    }

    /**
     * A configuration within the allowed bounds.
     *
     * @param enabled see {@link #enabled()}
     * @param session see {@link #session()}
     * @param maxRecipients see {@link #maxRecipients()}
     * @param rate see {@link #rate()}
     * @param retry see {@link #retry()}
     * @param auth see {@link #auth()}
     * @param replies see {@link #replies()}
     * @throws ConfigurationException if the number of recipients is less than 1
     * @throws NullPointerException if anything is null
     */
    public ResilientConfig {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(auth, "auth");
        Objects.requireNonNull(replies, "replies");
        Problems problems = new Problems();
        problems.check(ConfigKeys.MESSAGE_MAX_RECIPIENTS, maxRecipients);
        problems.throwIfAny();
    }

    /**
     * What holds when nothing is configured.
     *
     * @return the defaults of {@link ConfigKeys#all()}
     */
    public static ResilientConfig defaults() {
        return Defaults.INSTANCE;
    }

    /**
     * Begins a configuration in code; what is not said keeps its default.
     *
     * @return a new builder
     */
    public static ResilientConfigBuilder builder() {
        return new ResilientConfigBuilder();
    }
}
