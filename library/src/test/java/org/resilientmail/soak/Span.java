package org.resilientmail.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time, by {@link System#nanoTime()}.
 *
 * @param from its first moment
 * @param to its last moment
 */
record Span(long from, long to) {

    private record Edge(long at, int change) {}

    /** {@return the most spans that share a moment; one that begins where another ends does not share it} */
    static int mostAtOnce(Collection<Span> spans) {
        List<Edge> edges = new ArrayList<>();
        for (Span span : spans) {
            edges.add(new Edge(span.from, 1));
            edges.add(new Edge(span.to, -1));
        }
        long first = edges.stream().mapToLong(Edge::at).min().orElse(0);
        edges.sort(Comparator.<Edge>comparingLong(edge -> edge.at - first).thenComparingInt(Edge::change));
        int open = 0;
        int most = 0;
        for (Edge edge : edges) {
            open += edge.change;
            most = Math.max(most, open);
        }
        return most;
    }

    /** {@return the most moments, given in order, that lie within less than a period of each other} */
    static int mostWithin(long period, List<Long> moments) {
        int most = 0;
        int oldest = 0;
        for (int i = 0; i < moments.size(); i++) {
            while (moments.get(i) - moments.get(oldest) >= period) {
                oldest++;
            }
            most = Math.max(most, i - oldest + 1);
        }
        return most;
    }
}
