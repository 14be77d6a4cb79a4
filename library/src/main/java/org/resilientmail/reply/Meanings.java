package org.resilientmail.reply;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All meanings, by {@code KIND/reason} and by kind. Immutable. */
final class Meanings {

    private static final int COLUMNS = 7;

    private final Map<String, Meaning> byName;
    private final Map<FailureKind, Meaning> byKind;

    private Meanings(Map<String, Meaning> byName, Map<FailureKind, Meaning> byKind) {
        this.byName = byName;
        this.byKind = byKind;
    }

    /**
     * Reads {@code KIND/reason | scope | retry after 4yz, after 5yz | how | wait | limit | advice} lines. The first
     * meaning of a kind is what a rule gets that names the kind alone.
     */
    static Meanings parse(String file, List<String> lines) {
        Map<String, Meaning> byName = new LinkedHashMap<>();
        Map<FailureKind, Meaning> byKind = new EnumMap<>(FailureKind.class);
        for (int i = 0; i < lines.size(); i++) {
            if (!Columns.isBlankOrComment(lines.get(i))) {
                try {
                    Meaning meaning = meaning(Columns.split(lines.get(i)));
                    byKind.putIfAbsent(meaning.kind(), meaning);
                    if (byName.put(meaning.kind() + "/" + meaning.reason(), meaning) != null) {
                        throw new BadColumn("meaning", meaning.reason(), "each meaning once");
                    }
                } catch (BadColumn bad) {
                    throw new RuleFileException(file, i + 1, bad.getMessage());
                }
            }
        }
        return new Meanings(byName, byKind);
    }

    private static Meaning meaning(List<String> columns) throws BadColumn {
        if (columns.size() != COLUMNS || columns.get(6).isEmpty()) {
            throw new BadColumn("line", String.join(" | ", columns), COLUMNS + " columns");
        }
        String name = columns.get(0);
        int slash = name.indexOf('/');
        if (slash < 1) {
            throw new BadColumn("meaning", name, "KIND/reason");
        }
        String[] retry = columns.get(2).split(" ", -1);
        if (retry.length != 2) {
            throw new BadColumn("retry", columns.get(2), "the advice after 4yz, a space, the advice after 5yz");
        }
        return new Meaning(
                Columns.constant(FailureKind.class, "kind", name.substring(0, slash)),
                name.substring(slash + 1),
                Columns.scope(columns.get(1)),
                Meaning.Retry.parse(retry[0]),
                Meaning.Retry.parse(retry[1]),
                Columns.how(columns.get(3)),
                WaitPolicy.parse(columns.get(4)),
                Columns.limit(columns.get(5)),
                columns.get(6));
    }

    /** {@return the meaning of {@code KIND} or {@code KIND/reason}} */
    Meaning named(String name) throws BadColumn {
        Meaning meaning = byName.get(name);
        if (meaning == null && name.indexOf('/') < 0) {
            meaning = byKind.get(Columns.constant(FailureKind.class, "kind", name));
        }
        if (meaning == null || meaning.kind() == FailureKind.DELIVERY_UNCERTAIN) {
            throw new BadColumn(
                    "kind",
                    name,
                    byKind.keySet() + ", each alone or with a reason: " + String.join(", ", byName.keySet()));
        }
        return meaning;
    }

    Meaning ofKind(FailureKind kind) {
        return byKind.get(kind);
    }

    Map<String, Meaning> byName() {
        return byName;
    }
}
