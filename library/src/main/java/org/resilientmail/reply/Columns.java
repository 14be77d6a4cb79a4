package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads the lines of the rule and meaning files into columns, and columns into constants. */
final class Columns {

    private Columns() {}

    /** {@return the columns between {@code |}, stripped; {@code \|} is a bar within a column} */
    static List<String> split(String line) {
        List<String> columns = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '|') {
                column.append('|');
                i++;
            } else if (c == '|') {
                columns.add(column.toString().strip());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString().strip());
        return columns;
    }

    static boolean isBlankOrComment(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() || stripped.startsWith("#");
    }

    static <E extends Enum<E>> E constant(Class<E> type, String column, String name) throws BadColumn {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return constant;
            }
        }
        throw new BadColumn(
                column,
                name,
                Arrays.stream(type.getEnumConstants())
                        .map(constant ->
                                constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(", ")));
    }

    static RetryHow how(String name) throws BadColumn {
        return switch (name) {
            case "same" -> RetryHow.SAME_SESSION;
            case "new" -> RetryHow.NEW_SESSION;
            case "split" -> RetryHow.SPLIT;
            default -> throw new BadColumn("how", name, "same, new, split");
        };
    }

    /** {@return the scope, or {@code null} for {@code auto}: the phase decides} */
    static Scope scope(String name) throws BadColumn {
        return name.equals("auto") ? null : constant(Scope.class, "scope", name);
    }

    static LimitKind limit(String name) throws BadColumn {
        return name.equals("-") ? null : constant(LimitKind.class, "limit", name);
    }
}
