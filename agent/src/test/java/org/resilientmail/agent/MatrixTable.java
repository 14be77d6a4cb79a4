package org.resilientmail.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps the matrix' results as a table to read, one file for each mail version. */
final class MatrixTable {

    private static final Path FOLDER = Path.of(System.getProperty("agent.work")).resolveSibling("matrix");

    /** One cell: messages that arrived once, copies too many, and messages whose send failed; with and without. */
    record Row(String cell, int once, int twice, int told, int onceWithout, int twiceWithout, int toldWithout) {}

    private MatrixTable() {}

    static void write(MailVersion version, List<Row> rows) throws IOException {
        StringBuilder text = new StringBuilder("| way | trouble | once | twice | failed | once without the agent "
                + "| twice without | failed without |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            text.append("| ")
                    .append(row.cell().replace(":", " | "))
                    .append(String.format(
                            " | %d | %d | %d | %d | %d | %d |%n",
                            row.once(),
                            row.twice(),
                            row.told(),
                            row.onceWithout(),
                            row.twiceWithout(),
                            row.toldWithout()));
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(version + "-jdk" + Runtime.version().feature() + ".md"), text);
    }
}
