package org.resilientmail.config;

import java.time.Duration;
import java.util.List;

/**
 * How fast an account may send. Every window is kept, not only the tightest.
 *
 * @param messages windows for messages (keys {@code rate.messages}); empty: no limit
 * @param recipients windows for envelope recipients ({@code rate.recipients}); empty: no limit
 * @param maxWait longest wait for a permit ({@code rate.max-wait}); zero: do not wait
 */
public record RateSettings(List<RateWindow> messages, List<RateWindow> recipients, Duration maxWait) {

    /**
     * Settings that keep what {@link ConfigKeys} allows; the lists are copied.
     *
     * @param messages see {@link #messages()}
     * @param recipients see {@link #recipients()}
     * @param maxWait see {@link #maxWait()}
     * @throws ConfigurationException if a value is null or out of range, or if a list names one period twice
     */
    public RateSettings {
        Problems problems = new Problems();
        problems.check(ConfigKeys.RATE_MESSAGES, messages);
        problems.check(ConfigKeys.RATE_RECIPIENTS, recipients);
        problems.check(ConfigKeys.RATE_MAX_WAIT, maxWait);
        problems.throwIfAny();
        messages = List.copyOf(messages);
        recipients = List.copyOf(recipients);
    }
}
