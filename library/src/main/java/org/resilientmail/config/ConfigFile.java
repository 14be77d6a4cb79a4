package org.resilientmail.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Reads a properties file in UTF-8. Lines outside the prefix are the application's own and stay unread. */
final class ConfigFile {

    /** The file that is found without being named. */
    static final String RESOURCE = "resilient-mail.properties";

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private ConfigFile() {}

    /** The lines of a file that was named by an entry. */
    static Layer named(Entry entry, Path file, Problems problems) {
        if (!Assembler.checkReadable(ConfigKeys.CONFIG, entry, problems)) {
            return Layer.EMPTY;
        }
        Origin origin = Origin.file(file.toString());
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return layer(origin, reader, problems);
        } catch (IOException unreadable) {
            problems.addSource(origin, reason(unreadable));
            return Layer.EMPTY;
        }
    }

    /** The lines of the file on the class path, if there is one. The first on the class path counts, as for any class. */
    static Layer onClassPath(ClassLoader loader, Problems problems) {
        URL resource = loader == null ? null : loader.getResource(RESOURCE);
        if (resource == null) {
            return Layer.EMPTY;
        }
        Origin origin = Origin.file(RESOURCE + " on the class path, " + resource);
        try {
            URLConnection connection = resource.openConnection();
            // a cached jar would stay open, and an undeployed application could not be removed
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream();
                    Reader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
                return layer(origin, reader, problems);
            }
        } catch (IOException unreadable) {
            problems.addSource(origin, reason(unreadable));
            return Layer.EMPTY;
        }
    }

    private static String reason(IOException unreadable) {
        return unreadable instanceof CharacterCodingException
                ? "is not UTF-8"
                : "cannot be read: " + Problems.shown(String.valueOf(unreadable.getMessage()));
    }

    private static Layer layer(Origin origin, Reader reader, Problems problems) throws IOException {
        // some editors put a mark at the start, which would become part of the first key
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        Lines lines = new Lines();
        try {
            lines.load(reader);
        } catch (IllegalArgumentException malformed) {
            problems.addSource(
                    origin,
                    "is not a properties file: a \\u is not followed by four hexadecimal digits; write / or \\\\");
            return Layer.EMPTY;
        }
        for (String property : lines.twice) {
            problems.addKey(property, origin, "stands there twice with different values; allowed: once");
        }
        return LayerReader.read(origin, lines.inOrder, problems);
    }

    /** Keeps the order of the lines, so that mistakes are reported from the top, and notices a key that comes twice. */
    private static final class Lines extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> inOrder = new LinkedHashMap<>();
        private final transient Set<String> twice = new LinkedHashSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            String property = (String) key;
            if (!property.startsWith(ConfigKeys.PREFIX)) {
                return null;
            }
            Object before = inOrder.put(property, value);
            if (before != null && !before.equals(value)) {
                twice.add(property);
            }
            return before;
        }
    }
}
