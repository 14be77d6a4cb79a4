package org.resilientmail;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.config.ConfigurationException;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.reply.ReplyClassifier;

/** Finds the configuration that holds for a Session and an account, and the rules it names. Thread-safe. */
final class Configurations {

    private static final String ENABLED = "mail.resilient.enabled";

    private static final ResilientConfig OFF =
            ResilientConfig.builder().enabled(false).build();

    /** Rule files are read once; a JVM has few of them. */
    private static final Map<Path, ReplyClassifier> CLASSIFIERS = new ConcurrentHashMap<>();

    private Configurations() {}

    /**
     * Whether a Session or the JVM switched the decoration off by its nearest key. Asked first and by itself: a switch
     * has to work when the rest of the configuration does not.
     */
    static boolean isSwitchedOff(Properties session) {
        String nearest = session.getProperty(ENABLED);
        if (nearest == null && session.get(ENABLED) instanceof Boolean value) {
            nearest = value.toString();
        }
        if (nearest == null) {
            nearest = systemProperty(ENABLED);
        }
        return nearest != null && nearest.strip().equalsIgnoreCase("false");
    }

    static ResilientConfig of(Properties session, String host, String user) throws InvalidConfigurationException {
        try {
            return ConfigResolver.resolve(session, systemProperties(), classLoader())
                    .forAccount(host, user);
        } catch (ConfigurationException e) {
            if (e.switchedOff()) {
                return OFF;
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
            return new Properties();
        }
    }

    private static String systemProperty(String name) {
        try {
            return System.getProperty(name);
        } catch (SecurityException e) {
            return null;
        }
    }
}
