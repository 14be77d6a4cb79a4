package org.resilientmail.config;

import java.util.Map;
import java.util.Properties;

/**
 * Finds out what is configured. Thread-safe.
 *
 * <p>What is said of an account ({@code mail.resilient.account.NAME.}) wins over what is said in general, wherever it is
 * said. Among equals the nearest wins: {@code Session} properties, then system properties, then the file, then the
 * profile, then the default. The file is the one named by {@code mail.resilient.config} as Session or system property,
 * else {@code resilient-mail.properties} on the class path. An account's own profile stands behind the account's lines and
 * before the general ones, and replaces the general profile.
 */
public final class ConfigResolver {

    private static final ResolutionCache CACHE = new ResolutionCache();

    private ConfigResolver() {}

    /**
     * The configuration as it is now; meant to be called for every connect. It takes a few microseconds as long as
     * nothing changed: the same instance is returned while the {@code mail.resilient.} entries are equal and the named
     * file has the same size and time of modification. A file on the class path is read once per class loader.
     *
     * @param session the Session's properties, or null
     * @param system the system properties, or null
     * @param loader where to look for {@code resilient-mail.properties}; null: nowhere
     * @return the configuration of every account
     * @throws ConfigurationException if anything is wrong; the message names every mistake, one per line
     */
    public static AccountConfigs resolve(Properties session, Properties system, ClassLoader loader) {
        Map<String, Object> ofSession = RelevantProperties.of(session);
        Map<String, Object> ofSystem = RelevantProperties.of(system);
        String file = namedFile(ofSession, ofSystem);
        ResolutionCache.Key key = new ResolutionCache.Key(
                ofSession,
                ofSystem,
                file == null ? null : FileStamp.of(file),
                new ResolutionCache.LoaderRef(file == null ? loader : null));
        AccountConfigs known = CACHE.get(key);
        // resolved outside the lock: it reads files
        return known != null ? known : CACHE.keep(key, Resolution.of(ofSession, ofSystem, loader));
    }

    private static String namedFile(Map<String, Object> session, Map<String, Object> system) {
        String property = ConfigKeys.CONFIG.property();
        return session.getOrDefault(property, system.get(property)) instanceof String file ? file : null;
    }
}
