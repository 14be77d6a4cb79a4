package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads rule files: {@code id | phases | codes | enhanced | literals | kind | overrides | source | example} and, where
 * the kind's advice does not say enough, a tenth column with the rule's own. Confined to the building of one rule set.
 */
final class RuleParser {

    private static final String LAYOUT =
            "id | phases | codes | enhanced | literals | kind | overrides | source | example [| advice]";

    private static final String HINT = "HINT";

    private final Meanings meanings;
    private final Map<Literal, Integer> literals = new LinkedHashMap<>();

    RuleParser(Meanings meanings) {
        this.meanings = meanings;
    }

    /** {@return all literals of the rules read so far, in the order of their numbers} */
    List<Literal> literals() {
        return List.copyOf(literals.keySet());
    }

    /** Reads the rules of one file; bad lines are left out and handed to {@code problems}. */
    List<Rule> parse(String file, List<String> lines, Consumer<RuleFileException> problems) {
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!Columns.isBlankOrComment(lines.get(i))) {
                try {
                    Rule rule = rule(i + 1, Columns.split(lines.get(i)));
                    if (!ids.add(rule.id())) {
                        throw new BadColumn("id", rule.id(), "each id once in a file");
                    }
                    rules.add(rule);
                } catch (BadColumn bad) {
                    problems.accept(new RuleFileException(file, i + 1, bad.getMessage()));
                }
            }
        }
        return rules;
    }

    private Rule rule(int line, List<String> columns) throws BadColumn {
        if (columns.size() != 9 && columns.size() != 10) {
            throw new BadColumn(
                    "line", columns.get(0) + " ...", LAYOUT + "; this line has " + columns.size() + " columns");
        }
        for (int i = 0; i < 9; i++) {
            if (columns.get(i).isEmpty()) {
                throw new BadColumn("column " + (i + 1), "", LAYOUT + "; - for none, * for any");
            }
        }
        boolean hint = columns.get(5).equals(HINT);
        Overrides overrides = Overrides.parse(columns.get(6), columns.size() == 10 ? columns.get(9) : "");
        if (hint && overrides.retry() == null) {
            throw new BadColumn("overrides", columns.get(6), "retry= for a HINT");
        }
        return new Rule(
                line,
                id(columns.get(0)),
                PhaseSet.parse(columns.get(1)),
                CodeSet.parse(columns.get(2)),
                EnhancedPattern.parse(columns.get(3)),
                TextCondition.parse(columns.get(4), this::number),
                hint ? null : meanings.named(columns.get(5)),
                overrides,
                columns.get(7),
                columns.get(8).equals("-") ? "" : columns.get(8).replace("\\n", "\n"));
    }

    private static String id(String id) throws BadColumn {
        if (id.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new BadColumn("id", id, "printable ASCII without spaces");
        }
        return id;
    }

    private int number(Literal literal) {
        return literals.computeIfAbsent(literal, unused -> literals.size());
    }
}
