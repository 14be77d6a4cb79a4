package org.resilientmail.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the runs cost, as a table to read, and which limits that exceeds. */
final class CostTable {

    private static final int LIMIT_NO_MAIL = 120;
    private static final int LIMIT_ONE_MESSAGE = 500;
    private static final double LIMIT_JAR = 6.0;

    private static final String HEAD = """
            # What the agent costs

            Written by `mvn -B -ntp -Pagent-cost verify -DskipTests -Dcost.jdk=HOME`. Processor time (user and system) \
            of the whole process in milliseconds, from start to end, medians of %d runs each, with and without the \
            agent in turns; the relay is another process, on loopback. Limits: without mail +%d ms, with one message \
            +%d ms, the jar %.0f MB, and for later messages no more than the library itself.

            The jar has %.2f MB.

            | JDK | mail | no mail: without | with | more | one message: without | with | more | with the library \
            | each of %d later ones, ms: without | with | with the library |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final double MEGABYTE = 1_000_000;

    /** A JDK and a mail version: the times by kind. */
    record Line(String jdk, String mail, Map<CostRun.Kind, List<Integer>> times) {

        boolean has(CostRun.Way way) {
            return times.containsKey(new CostRun.Kind(1, way));
        }

        int median(int messages, CostRun.Way way) {
            List<Integer> sorted =
                    times.get(new CostRun.Kind(messages, way)).stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }

        int more(int messages) {
            return median(messages, CostRun.Way.AGENT) - median(messages, CostRun.Way.PLAIN);
        }

        double later(CostRun.Way way) {
            return (median(CostRun.MANY, way) - median(1, way)) / (CostRun.MANY - 1.0);
        }
    }

    private final List<Line> lines;
    private final long jarSize;
    private final int runs;

    CostTable(List<Line> lines, long jarSize, int runs) {
        this.lines = List.copyOf(lines);
        this.jarSize = jarSize;
        this.runs = runs;
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                runs,
                LIMIT_NO_MAIL,
                LIMIT_ONE_MESSAGE,
                LIMIT_JAR,
                jarSize / MEGABYTE,
                CostRun.MANY - 1));
        for (Line line : lines) {
            boolean library = line.has(CostRun.Way.LIBRARY);
            text.append("| ").append(line.jdk()).append(" | ").append(line.mail());
            for (int messages = 0; messages <= 1; messages++) {
                text.append(" | ").append(line.median(messages, CostRun.Way.PLAIN));
                text.append(" | ").append(line.median(messages, CostRun.Way.AGENT));
                text.append(" | ").append(line.more(messages));
            }
            text.append(" | ").append(library ? line.median(1, CostRun.Way.LIBRARY) : "-");
            for (CostRun.Way way : CostRun.Way.values()) {
                text.append(" | ");
                text.append(line.has(way) ? String.format(Locale.ROOT, "%.2f", line.later(way)) : "-");
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    /** Which limits are exceeded. */
    List<String> missed() {
        List<String> missed = new ArrayList<>();
        if (jarSize > LIMIT_JAR * MEGABYTE) {
            missed.add("the jar");
        }
        for (Line line : lines) {
            if (line.more(0) > LIMIT_NO_MAIL) {
                missed.add("no mail, " + line.jdk() + ", " + line.mail());
            }
            if (line.more(1) > LIMIT_ONE_MESSAGE) {
                missed.add("one message, " + line.jdk() + ", " + line.mail());
            }
        }
        return missed;
    }
}
