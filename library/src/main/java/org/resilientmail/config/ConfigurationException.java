package org.resilientmail.config;

import java.util.List;

/**
 * The configuration cannot be used. The message says for every mistake, one per line, which key it is about, the value,
 * where the value came from and what is allowed; for an unknown key it names the nearest known one.
 *
 * <p>Values of unknown keys are never shown, because nothing is known about what they hold.
 */
public final class ConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Whether the faulty sources switch the decoration off. */
    private final boolean switchedOff;

    ConfigurationException(List<String> problems) {
        this(problems, false);
    }

    private ConfigurationException(List<String> problems, boolean switchedOff) {
        super(String.join("\n", problems));
        this.switchedOff = switchedOff;
    }

    /** The same mistakes, in a configuration that switches everything off. */
    ConfigurationException whereSwitchedOff() {
        return new ConfigurationException(problems(), true);
    }

    /**
     * Whether the sources, faulty as they are, switch the decoration off: the nearest {@code enabled} that can be read
     * is {@code false}. A switch has to work when the rest does not.
     *
     * @return whether to go on without decorating
     */
    public boolean switchedOff() {
        return switchedOff;
    }

    /**
     * The mistakes, one line each, in the order in which they were found: Session properties, system properties, file.
     *
     * @return at least one line, unmodifiable
     */
    public List<String> problems() {
        return getMessage().lines().toList();
    }
}
