package org.resilientmail.config;

import java.time.Duration;
import java.util.List;

/**
 * So many in so long: {@code 20/1s}.
 *
 * @param permits how many, at least 1
 * @param period in how long, from 1 ms to 365 days
 */
public record RateWindow(int permits, Duration period) {

    /**
     * A window within those bounds.
     *
     * @param permits see {@link #permits()}
     * @param period see {@link #period()}
     * @throws ConfigurationException if a value is out of range or the period is null
     */
    public RateWindow {
        try {
            RatesType.checkWindow(permits, period);
        } catch (BadValue bad) {
            String shown = period == null ? "null" : DurationType.text(period);
            throw new ConfigurationException(List.of("rate window " + permits + "/" + shown + " (" + Origin.CODE + ") "
                    + bad.getMessage() + "; allowed: " + new RatesType().allowed()));
        }
    }

    /**
     * The window as it is written in a configuration.
     *
     * @return for example {@code 20/1s}
     */
    @Override
    public String toString() {
        return permits + "/" + DurationType.text(period);
    }
}
