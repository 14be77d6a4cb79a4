package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ordered rules with an index: a reply is compared only with the rules of which it has a literal, or that are for its
 * code without any. Immutable.
 */
final class RuleSet {

    private static final int CODES = 600;

    private final Rule[] rules;
    private final LiteralIndex index;
    private final int[][] rulesByLiteral;

    /** Per code: the rules that can match a text without any of their literals. */
    private final long[][] textlessByCode;

    /** What was found: the deciding rule ({@code null} if none), the hint ({@code null} if none). */
    record Match(Rule rule, Rule hint) {}

    RuleSet(List<Rule> ordered, List<Literal> literals) {
        List<Rule> hintsFirst = new ArrayList<>(ordered);
        hintsFirst.removeIf(rule -> !rule.isHint());
        ordered.stream().filter(rule -> !rule.isHint()).forEach(hintsFirst::add);
        this.rules = hintsFirst.toArray(Rule[]::new);
        this.index = new LiteralIndex(literals);
        List<List<Integer>> byLiteral = new ArrayList<>();
        literals.forEach(literal -> byLiteral.add(new ArrayList<>()));
        List<Integer> textless = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            int[] keys = rules[i].condition().keys();
            for (int key : keys) {
                byLiteral.get(key).add(i);
            }
            if (keys.length == 0) {
                textless.add(i);
            }
        }
        this.rulesByLiteral = byLiteral.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        this.textlessByCode = textlessByCode(textless);
    }

    private long[][] textlessByCode(List<Integer> textless) {
        Map<List<Integer>, long[]> shared = new HashMap<>();
        long[][] byCode = new long[CODES][];
        for (int code = 0; code < CODES; code++) {
            List<Integer> admitted = new ArrayList<>();
            for (int rule : textless) {
                if (rules[rule].codes().includes(code)) {
                    admitted.add(rule);
                }
            }
            byCode[code] = shared.computeIfAbsent(admitted, this::bits);
        }
        return byCode;
    }

    private long[] bits(List<Integer> numbers) {
        long[] bits = new long[(rules.length + 63) >>> 6];
        numbers.forEach(number -> bits[number >>> 6] |= 1L << number);
        return bits;
    }

    Match find(SmtpPhase phase, SmtpReply reply, FoldedText text) {
        long[] found = index.find(text);
        long[] candidates = candidates(reply.code(), found);
        Rule hint = null;
        for (int word = 0; word < candidates.length; word++) {
            for (long left = candidates[word]; left != 0; left &= left - 1) {
                Rule rule = rules[(word << 6) + Long.numberOfTrailingZeros(left)];
                boolean needed = !rule.isHint() || hint == null;
                if (needed && rule.admits(phase, reply) && rule.condition().holds(text, found)) {
                    if (!rule.isHint()) {
                        return new Match(rule, hint);
                    }
                    hint = rule;
                }
            }
        }
        return new Match(null, hint);
    }

    private long[] candidates(int code, long[] found) {
        long[] candidates = textlessByCode[code].clone();
        for (int word = 0; word < found.length; word++) {
            for (long left = found[word]; left != 0; left &= left - 1) {
                for (int rule : rulesByLiteral[(word << 6) + Long.numberOfTrailingZeros(left)]) {
                    candidates[rule >>> 6] |= 1L << rule;
                }
            }
        }
        return candidates;
    }

    List<Rule> rules() {
        return List.of(rules);
    }
}
