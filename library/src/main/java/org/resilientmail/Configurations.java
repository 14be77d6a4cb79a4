package org.resilientmail;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.resilientmail.config.AccountConfigs;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.config.ConfigurationException;
import org.resilientmail.config.OperationSettings;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.reply.ReplyClassifier;

/** Finds the configuration that holds for a Session and an account, and the rules it names. Thread-safe. */
final class Configurations implements Settings {

    private static final String ENABLED = "mail.resilient.enabled";

    private static final ResilientConfig OFF =
            ResilientConfig.builder().enabled(false).build();

    /** Rule files are read once; a JVM has few of them. */
    private static final Map<Path, ReplyClassifier> CLASSIFIERS = new ConcurrentHashMap<>();

    private final Supplier<Properties> system;

    Configurations() {
        this(Configurations::systemProperties);
    }

    /** Asks for the system properties at every connect; only ours are read. */
    Configurations(Supplier<Properties> system) {
        this.system = system;
    }

    @Override
    public boolean isSwitchedOff(Properties session) {
        String nearest = session.getProperty(ENABLED);
        if (nearest == null && session.get(ENABLED) instanceof Boolean value) {
            nearest = value.toString();
        }
        if (nearest == null) {
            nearest = system.get().getProperty(ENABLED);
        }
        return nearest != null && nearest.strip().equalsIgnoreCase("false");
    }

    @Override
    public Configured of(Properties session, String host, String user) throws InvalidConfigurationException {
        try {
            AccountConfigs configs = ConfigResolver.resolve(session, system.get(), classLoader());
            return new Configured(configs.forAccount(host, user), configs.operation());
        } catch (ConfigurationException e) {
            if (e.switchedOff()) {
                return new Configured(OFF, OperationSettings.NONE);
            }
            throw new InvalidConfigurationException(e);
        }
    }

    static ReplyClassifier classifier(Optional<Path> replies) throws InvalidConfigurationException {
        if (replies.isEmpty()) {
            return ReplyClassifier.shipped();
        }
        try {
            return CLASSIFIERS.computeIfAbsent(replies.get(), ReplyClassifier::withUserRules);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(e);
        }
    }

    private static ClassLoader classLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Configurations.class.getClassLoader() : context;
    }

    private static Properties systemProperties() {
        try {
            return System.getProperties();
        } catch (SecurityException e) {
            return onlyTheSwitch();
        }
    }

    /** A policy may forbid to read all of them and allow this one. */
    private static Properties onlyTheSwitch() {
        Properties readable = new Properties();
        try {
            String enabled = System.getProperty(ENABLED);
            if (enabled != null) {
                readable.setProperty(ENABLED, enabled);
            }
        } catch (SecurityException e) {
            // then there is none
        }
        return readable;
    }
}
