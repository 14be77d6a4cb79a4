package org.resilientmail.config;

import java.util.Objects;

/**
 * What is shown to those who operate an application. Holds for everything, not for one account. Immutable.
 *
 * @param jmx whether an MXBean is registered after the first send ({@code jmx})
 * @param log where to log to ({@code log})
 * @param level how much ({@code log.level})
 * @param summary whether one line about all sends is written when the JVM ends ({@code summary})
 */
public record OperationSettings(boolean jmx, LogTarget log, LogLevel level, boolean summary) {

    /** Nothing is shown. */
    public static final OperationSettings NONE = new OperationSettings(false, LogTarget.NONE, LogLevel.INFO, false);

    /**
     * Settings.
     *
     * @param jmx see {@link #jmx()}
     * @param log see {@link #log()}
     * @param level see {@link #level()}
     * @param summary see {@link #summary()}
     * @throws NullPointerException if anything is null
     */
    public OperationSettings {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(level, "level");
    }

    /** {@return whether anything is to be shown at all} */
    public boolean isAny() {
        return jmx || log.isAny() || summary;
    }
}
