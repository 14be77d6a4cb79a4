package org.resilientmail.policy;

import java.time.Duration;
import java.util.Optional;

/** A configured rate does not allow the request in time. */
public final class RateRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    RateRefused(String message, Duration wait) {
        super(message, null, false, false);
        this.wait = wait;
    }

    /** {@return after how long it would be allowed; empty when it never is} */
    public Optional<Duration> waitHint() {
        return Optional.ofNullable(wait);
    }
}
