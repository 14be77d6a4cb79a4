package org.resilientmail.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The README as its test reads it: fenced blocks by language, and the rows of tables. */
final class Readme {

    /** Where the parent project is; Surefire sets {@code basedir}, an IDE starts in the module. */
    static final Path PROJECT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    private static final String FENCE = "```";

    private Readme() {}

    static String text() {
        return read("README.md");
    }

    static String read(String file) {
        try {
            return Files.readString(PROJECT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks whose info string begins with this word, without their fences. */
    static List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        boolean wanted = false;
        for (String line : text().split("\n", -1)) {
            boolean fence = line.startsWith(FENCE);
            if (fence && block == null) {
                block = new StringBuilder();
                wanted = line.substring(FENCE.length()).split(" ", 2)[0].equals(language);
            } else if (fence) {
                if (wanted) {
                    blocks.add(block.toString());
                }
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        if (block != null) {
            throw new AssertionError("a fenced block of the README has no end");
        }
        return blocks;
    }

    /** The rows of the table whose first column has this title, cell by cell, without title and rule. */
    static List<List<String>> table(String firstColumn) {
        List<List<String>> rows = new ArrayList<>();
        boolean within = false;
        for (String line : text().split("\n", -1)) {
            if (!line.startsWith("|")) {
                within = false;
            } else if (line.startsWith("| " + firstColumn + " |")) {
                within = true;
            } else if (within && !line.startsWith("| ---")) {
                rows.add(cells(line));
            }
        }
        if (rows.isEmpty()) {
            throw new AssertionError("the README has no table whose first column is " + firstColumn);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                .map(String::strip)
                .toList();
    }

    /** What a cell says, without the marks of code. */
    static String plain(String cell) {
        return cell.replace("`", "");
    }
}
