package org.resilientmail.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes, so that all of them can be reported at once; each is kept once. Not thread-safe. */
final class Problems {

    private static final int SHOWN_LENGTH = 120;

    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<String> properties = new HashSet<>();

    /** Adds a mistake about a value that is there. */
    void add(Entry entry, String what) {
        properties.add(entry.property());
        lines.add(shown(entry.property()) + "=" + shown(entry.text()) + " (" + entry.origin() + ") " + what);
    }

    /** Adds a mistake about a key whose value must not or need not be shown. */
    void addKey(String property, Origin origin, String what) {
        properties.add(property);
        lines.add(shown(property) + " (" + origin + ") " + what);
    }

    /** Adds a mistake about a source as a whole. */
    void addSource(Origin origin, String what) {
        lines.add(origin + " " + what);
    }

    /** Checks a value that was given in code against what its key allows; false adds a problem. */
    <T> boolean check(Setting<T> setting, T value) {
        try {
            if (value == null) {
                throw new BadValue("is missing");
            }
            setting.type().check(value);
            return true;
        } catch (BadValue bad) {
            String text = value == null ? "null" : setting.type().format(value);
            add(new Entry(setting.property(), text, Origin.CODE, value), setting.explain(bad));
            return false;
        }
    }

    /** Whether something was wrong with this property, anywhere. */
    boolean concern(String property) {
        return properties.contains(property);
    }

    int count() {
        return lines.size();
    }

    /**
     * Ends the collection.
     *
     * @throws ConfigurationException if anything was found
     */
    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigurationException(List.copyOf(lines));
        }
    }

    /** One line, bounded: a value is somebody's input and must neither forge a second mistake nor flood a log. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_LENGTH
                ? oneLine(text)
                : oneLine(text.substring(0, text.offsetByCodePoints(0, SHOWN_LENGTH))) + "...";
    }

    /** The text with everything escaped that ends a line or steers a terminal. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean escaped = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            line.append(escaped ? String.format("\\u%04x", (int) c) : c);
        }
        return line.toString();
    }
}
