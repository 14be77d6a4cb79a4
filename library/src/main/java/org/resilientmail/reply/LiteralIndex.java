package org.resilientmail.reply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of many literals occur in a text, in one pass whose cost depends on the text alone (Aho and Corasick
 * 1975). Immutable.
 */
final class LiteralIndex {

    private static final int ROOT = 0;

    private final List<Literal> literals;
    private final char[] classOf;
    private final int classes;
    private final int[] next;
    private final int[][] endingAt;

    LiteralIndex(List<Literal> literals) {
        this.literals = List.copyOf(literals);
        char last = 0;
        for (Literal literal : literals) {
            for (char c : literal.text().toCharArray()) {
                last = (char) Math.max(last, c);
            }
        }
        this.classOf = new char[last + 1];
        char count = 1; // class 0: a character no literal has
        for (Literal literal : literals) {
            for (char c : literal.text().toCharArray()) {
                if (classOf[c] == 0) {
                    classOf[c] = count++;
                }
            }
        }
        this.classes = count;
        Trie trie = new Trie(classes);
        for (int id = 0; id < literals.size(); id++) {
            trie.add(classesOf(literals.get(id).text()), id);
        }
        this.next = trie.closed();
        this.endingAt = trie.endings();
    }

    private int[] classesOf(String text) {
        return text.chars().map(c -> classOf[c]).toArray();
    }

    /** {@return a bit per literal, set where it occurs within its word bounds} */
    long[] find(FoldedText text) {
        long[] found = new long[(literals.size() + 63) >>> 6];
        int state = ROOT;
        for (int i = 0; i < text.length(); i++) {
            char c = text.at(i);
            state = next[state * classes + (c < classOf.length ? classOf[c] : 0)];
            int[] ending = endingAt[state];
            if (ending != null) {
                mark(found, ending, text, i + 1);
            }
        }
        return found;
    }

    private void mark(long[] found, int[] ending, FoldedText text, int end) {
        for (int id : ending) {
            if ((found[id >>> 6] & (1L << id)) == 0 && literals.get(id).boundedAt(text, end)) {
                found[id >>> 6] |= 1L << id;
            }
        }
    }

    /** The automaton while it is built: a row of transitions per state. */
    private static final class Trie {

        private final int classes;
        private final List<int[]> rows = new ArrayList<>();
        private final List<int[]> endings = new ArrayList<>();

        Trie(int classes) {
            this.classes = classes;
            addState();
        }

        private int addState() {
            int[] row = new int[classes];
            Arrays.fill(row, -1);
            rows.add(row);
            endings.add(null);
            return rows.size() - 1;
        }

        void add(int[] word, int id) {
            int state = ROOT;
            for (int c : word) {
                int[] row = rows.get(state);
                if (row[c] < 0) {
                    row[c] = addState();
                }
                state = row[c];
            }
            endings.set(state, joined(endings.get(state), new int[] {id}));
        }

        private static int[] joined(int[] some, int[] more) {
            if (some == null || more == null) {
                return some == null ? more : some;
            }
            int[] all = Arrays.copyOf(some, some.length + more.length);
            System.arraycopy(more, 0, all, some.length, more.length);
            return all;
        }

        /** Fills each missing transition with the one of the longest proper suffix, breadth first. */
        int[] closed() {
            int[] suffix = new int[rows.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(ROOT);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                int[] row = rows.get(state);
                for (int c = 0; c < classes; c++) {
                    int viaSuffix = state == ROOT ? ROOT : rows.get(suffix[state])[c];
                    if (row[c] < 0) {
                        row[c] = viaSuffix;
                    } else {
                        suffix[row[c]] = viaSuffix;
                        endings.set(row[c], joined(endings.get(row[c]), endings.get(viaSuffix)));
                        queue.add(row[c]);
                    }
                }
            }
            int[] table = new int[rows.size() * classes];
            for (int state = 0; state < rows.size(); state++) {
                System.arraycopy(rows.get(state), 0, table, state * classes, classes);
            }
            return table;
        }

        int[][] endings() {
            return endings.toArray(int[][]::new);
        }
    }
}
