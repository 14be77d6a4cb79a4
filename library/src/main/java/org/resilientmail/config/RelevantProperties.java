package org.resilientmail.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The entries of a Properties object that are ours, copied: it can change at any time, in another thread too. */
final class RelevantProperties {

    private RelevantProperties() {}

    /**
     * What has the prefix, defaults included. A value that is not a String becomes {@link NotText}.
     *
     * <p>This runs for every connect. It walks all entries, because a key that was misspelt can only be found so; that
     * is a few microseconds for a JVM's system properties.
     */
    static Map<String, Object> of(Properties properties) {
        if (properties == null) {
            return Map.of();
        }
        Map<String, Object> ours = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = name.startsWith(ConfigKeys.PREFIX) ? properties.getProperty(name) : null;
            // null: removed by another thread in between
            if (value != null) {
                ours.put(name, value);
            }
        }
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            boolean lost = entry.getKey() instanceof String name
                    && name.startsWith(ConfigKeys.PREFIX)
                    && !(entry.getValue() instanceof String);
            if (lost) {
                ours.put((String) entry.getKey(), NotText.of(entry.getValue()));
            }
        }
        return ours;
    }
}
