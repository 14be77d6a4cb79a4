package org.resilientmail.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The matrix' results as tables to read. Written when the whole of it was run. */
final class MatrixTable {

    /** Whether every version is asked for. */
    static final boolean IS_WHOLE = System.getProperty("agent.matrix").equals("whole");

    private static final Path FILE = Path.of(System.getProperty("agent.table"));

    private static final String HEAD = """
            # The agent against every mail version, everywhere

            Written by `mvn verify -Pagent-matrix`. Applications that know nothing of the library send five messages each (45 in `SESSION_OF_20`), in \
            JVMs of their own and from all places an application has its classes from, to a relay that makes the trouble at the top of the column. A cell tells, **with the agent**: \
            messages that arrived once, copies too many, and sends that failed for the application; then, in brackets, \
            the same without it. Sends that have to fail do so with both: `RCPT_550` (one recipient does not exist), \
            `AUTH_535` (no login), and `DOT_RESET`, where one message arrived and nobody can know it: the agent says so, \
            an application without it sends again. Places whose tables are the same share one; \
            `FAT_JAR` is one of Spring Boot, `ATTACHED` is the class path with the agent coming later.
            """;

    /** By version and place: cells, by way and trouble. */
    private final Map<MailVersion, Map<Place, Map<String, Map<String, String>>>> cells = new TreeMap<>();

    /** Notes a cell, {@code WAY:TROUBLE}. */
    synchronized void add(MailVersion version, Place place, String cell, String with, String without) {
        String[] names = cell.split(":");
        cells.computeIfAbsent(version, any -> new TreeMap<>())
                .computeIfAbsent(place, any -> new LinkedHashMap<>())
                .computeIfAbsent(names[0], any -> new LinkedHashMap<>())
                .put(names[1], with + " (" + without + ")");
    }

    /** Keeps them, if this many versions and places of the whole came through. */
    synchronized void write(int runs) throws IOException {
        if (!IS_WHOLE || cells.values().stream().mapToInt(Map::size).sum() < runs) {
            return;
        }
        StringBuilder text = new StringBuilder(HEAD);
        cells.forEach((version, places) -> {
            text.append("\n## ").append(version.title()).append('\n');
            Map<String, List<String>> tables = new LinkedHashMap<>();
            places.forEach((place, ways) -> tables.computeIfAbsent(table(ways), any -> new ArrayList<>())
                    .add("`" + place + "`"));
            tables.forEach((table, where) -> text.append('\n')
                    .append(String.join(", ", where))
                    .append("\n\n")
                    .append(table));
        });
        Files.writeString(FILE, text);
    }

    private static String table(Map<String, Map<String, String>> ways) {
        StringBuilder text = new StringBuilder("| |");
        for (Trouble trouble : Trouble.values()) {
            text.append(" `").append(trouble).append("` |");
        }
        text.append("\n|").append(" --- |".repeat(Trouble.values().length + 1)).append('\n');
        ways.forEach((way, seen) -> text.append("| `")
                .append(way)
                .append("` | ")
                .append(String.join(" | ", seen.values()))
                .append(" |\n"));
        return text.toString();
    }
}
