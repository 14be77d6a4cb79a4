package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a rule wants of the text: every term has to hold.
 *
 * <p>{@code a + b}: both; {@code a / b}: either; {@code a .. b}: b after a; {@code ! a / b}: neither. {@code "a"}
 * matches whole words, a bare literal begins at a word's start, {@code *a} matches anywhere. Immutable.
 */
final class TextCondition {

    static final String ALLOWED =
            "-, \"\" (an empty text) or terms joined by \" + \"; a term is literals joined by \" / \" (either)"
                    + " and \" .. \" (in order), after \"! \" where none may occur;"
                    + " \"quoted\" for whole words, *bare to match inside words";

    private final List<Term> terms;
    private final boolean empty;

    private TextCondition(List<Term> terms, boolean empty) {
        this.terms = terms;
        this.empty = empty;
    }

    /** One literal, or several that follow each other. */
    private record Sequence(List<Literal> parts, int[] ids) {

        boolean isIn(FoldedText text, long[] found) {
            for (int id : ids) {
                if ((found[id >>> 6] & (1L << id)) == 0) {
                    return false;
                }
            }
            return parts.size() == 1 || isInOrder(text);
        }

        private boolean isInOrder(FoldedText text) {
            int at = 0;
            for (Literal part : parts) {
                at = part.endOfNext(text, at);
                if (at < 0) {
                    return false;
                }
            }
            return true;
        }

        /** The part least likely to occur by chance: the longest. */
        int keyLength() {
            return parts.stream().mapToInt(part -> part.text().length()).max().orElse(0);
        }

        int keyId() {
            int longest = 0;
            for (int i = 1; i < parts.size(); i++) {
                if (parts.get(i).text().length() > parts.get(longest).text().length()) {
                    longest = i;
                }
            }
            return ids[longest];
        }
    }

    private record Term(boolean negated, List<Sequence> alternatives) {

        boolean holds(FoldedText text, long[] found) {
            for (Sequence alternative : alternatives) {
                if (alternative.isIn(text, found)) {
                    return !negated;
                }
            }
            return negated;
        }
    }

    /** Reads a column; {@code ids} gives each literal its number in the index that will search for it. */
    static TextCondition parse(String column, ToIntFunction<Literal> ids) throws BadColumn {
        List<Term> terms = new ArrayList<>();
        boolean empty = column.equals("\"\"");
        if (!column.equals("-") && !empty) {
            for (String term : column.split(" \\+ ", -1)) {
                terms.add(term(term.strip(), column, ids));
            }
        }
        return new TextCondition(List.copyOf(terms), empty);
    }

    private static Term term(String term, String column, ToIntFunction<Literal> ids) throws BadColumn {
        boolean negated = term.startsWith("! ");
        List<Sequence> alternatives = new ArrayList<>();
        for (String alternative : (negated ? term.substring(2) : term).split(" / ", -1)) {
            List<Literal> parts = new ArrayList<>();
            for (String part : alternative.split(" \\.\\. ", -1)) {
                parts.add(literal(part.strip(), column));
            }
            alternatives.add(new Sequence(
                    List.copyOf(parts), parts.stream().mapToInt(ids).toArray()));
        }
        return new Term(negated, List.copyOf(alternatives));
    }

    private static Literal literal(String word, String column) throws BadColumn {
        boolean quoted = word.length() > 2 && word.startsWith("\"") && word.endsWith("\"");
        boolean anywhere = word.startsWith("*");
        String bare = quoted ? word.substring(1, word.length() - 1) : anywhere ? word.substring(1) : word;
        String folded = FoldedText.of(bare).toString();
        if (folded.isBlank()) {
            throw new BadColumn("literals", column, ALLOWED);
        }
        return new Literal(folded, !anywhere, quoted);
    }

    boolean holds(FoldedText text, long[] found) {
        for (Term term : terms) {
            if (!term.holds(text, found)) {
                return false;
            }
        }
        return !empty || text.length() == 0;
    }

    /**
     * {@return literals of which one has to occur for the condition to hold, or an empty array where the condition can
     * hold for a text without any of the literals}
     */
    int[] keys() {
        Term best = null;
        int bestLength = 0;
        for (Term term : terms) {
            if (!term.negated()) {
                int shortest = term.alternatives().stream()
                        .mapToInt(Sequence::keyLength)
                        .min()
                        .orElse(0);
                if (shortest > bestLength) {
                    best = term;
                    bestLength = shortest;
                }
            }
        }
        return best == null
                ? new int[0]
                : best.alternatives().stream().mapToInt(Sequence::keyId).toArray();
    }
}
