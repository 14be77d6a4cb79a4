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

    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
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
