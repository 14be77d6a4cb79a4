package org.resilientmail.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The shipped sets of provider limits, as text: {@code profiles.properties} next to this class. Loaded once. */
final class Profiles {

    /** Not a setting: which document the values of a profile are from. */
    static final String SOURCE = "source";

    private static final Map<String, SortedMap<String, String>> ALL = load();

    private Profiles() {}

    /** The lines of every profile by its name; names have no dot. Unmodifiable. */
    static Map<String, SortedMap<String, String>> all() {
        return ALL;
    }

    /** What a profile sets, with full property names. */
    static SortedMap<String, Object> properties(String name) {
        SortedMap<String, Object> properties = new TreeMap<>();
        ALL.get(name).forEach((key, value) -> {
            if (!key.equals(SOURCE)) {
                properties.put(ConfigKeys.PREFIX + key, value);
            }
        });
        return properties;
    }

    private static Map<String, SortedMap<String, String>> load() {
        Properties lines = new Properties();
        try (InputStream in = Profiles.class.getResourceAsStream("profiles.properties")) {
            if (in == null) {
                throw new IllegalStateException("profiles.properties is missing from the library's jar");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            lines.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("profiles.properties in the library's jar cannot be read", unreadable);
        }
        SortedMap<String, SortedMap<String, String>> profiles = new TreeMap<>();
        for (String line : lines.stringPropertyNames()) {
            int dot = line.indexOf('.');
            String name = line.substring(0, dot);
            SortedMap<String, String> profile = profiles.get(name);
            if (profile == null) {
                profile = new TreeMap<>();
                profiles.put(name, profile);
            }
            profile.put(line.substring(dot + 1), lines.getProperty(line).strip());
        }
        for (Map.Entry<String, SortedMap<String, String>> profile : profiles.entrySet()) {
            profile.setValue(Collections.unmodifiableSortedMap(profile.getValue()));
        }
        return Collections.unmodifiableSortedMap(profiles);
    }
}
