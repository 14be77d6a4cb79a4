package org.resilientmail.agent.core;

import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The system properties as the pipeline is to see them. They are the application's and stay as they are; only the name of
 * the configuration file may differ: the agent's argument wins over the system property, and that over the environment.
 * Thread-safe.
 */
final class SystemSettings implements Supplier<Properties> {

    private static final String PREFIX = "mail.resilient.";

    /** The key that names the file. */
    static final String CONFIG = PREFIX + "config";

    private static final String ENVIRONMENT = "MAIL_RESILIENT_CONFIG";

    private final String argument;

    SystemSettings(String argument) {
        this.argument = argument;
    }

    @Override
    public Properties get() {
        Properties ours = new Properties();
        Properties all = System.getProperties();
        for (Map.Entry<Object, Object> entry : all.entrySet()) {
            if (entry.getKey() instanceof String name && name.startsWith(PREFIX)) {
                ours.put(name, entry.getValue());
            }
        }
        if (argument != null) {
            ours.put(CONFIG, argument);
        } else if (ours.get(CONFIG) == null) {
            String environment = System.getenv(ENVIRONMENT);
            if (environment != null && !environment.isBlank()) {
                ours.put(CONFIG, environment.strip());
            }
        }
        return ours;
    }
}
