package org.resilientmail.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix' results as tables to read. Written when the whole of it was run. */
final class MatrixTable {

    /** Whether every version is asked for. */
    static final boolean IS_WHOLE = System.getProperty("agent.matrix").equals("whole");

    private static final Path FILE = Path.of(System.getProperty("agent.table"));

    private static final String HEAD = """
            # The agent against every mail version

            Written by `mvn verify -Pagent-matrix`. Applications that know nothing of the library send five messages each (45 in `SESSION_OF_20`), in \
            JVMs of their own, to a relay that makes the trouble at the top of the column. A cell tells, **with the agent**: \
            messages that arrived once, copies too many, and sends that failed for the application; then, in brackets, \
            the same without it. Sends that have to fail do so with both: `RCPT_550` (one recipient does not exist), \
            `AUTH_535` (no login), and `DOT_RESET`, where one message arrived and nobody can know it: the agent says so, \
            an application without it sends again.
            """;

    private final Map<MailVersion, Map<String, Map<String, String>>> cells = new TreeMap<>();

    /** Notes a cell, {@code WAY:TROUBLE}. */
    synchronized void add(MailVersion version, String cell, String with, String without) {
        String[] names = cell.split(":");
        cells.computeIfAbsent(version, any -> new LinkedHashMap<>())
                .computeIfAbsent(names[0], any -> new LinkedHashMap<>())
                .put(names[1], with + " (" + without + ")");
    }

    synchronized void write() throws IOException {
        if (!IS_WHOLE || cells.size() < MailVersion.values().length) {
            return;
        }
        StringBuilder text = new StringBuilder(HEAD);
        cells.forEach((version, ways) -> {
            text.append("\n## ").append(version.title()).append("\n\n| |");
            Stream<String> troubles = Stream.of(Trouble.values()).map(Trouble::name);
            text.append(troubles.map(name -> " `" + name + "` |").collect(Collectors.joining()));
            text.append("\n|")
                    .append(" --- |".repeat(Trouble.values().length + 1))
                    .append('\n');
            ways.forEach((way, seen) -> text.append("| `")
                    .append(way)
                    .append("` | ")
                    .append(String.join(" | ", seen.values()))
                    .append(" |\n"));
        });
        Files.writeString(FILE, text);
    }
}
