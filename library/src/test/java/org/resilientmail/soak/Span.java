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

    boolean contains(long moment) {
        return from - moment <= 0 && to - moment > 0;
    }

    /** {@return the most spans that share a moment; one that begins where another ends does not share it} */
    static int mostAtOnce(Collection<Span> spans) {
        long busiest = busiest(spans);
        return (int) spans.stream().filter(span -> span.contains(busiest)).count();
    }

    /** {@return the first moment that so many spans share as no other moment; any when there are none} */
    static long busiest(Collection<Span> spans) {
        List<Edge> edges = new ArrayList<>();
        for (Span span : spans) {
            edges.add(new Edge(span.from, 1));
            edges.add(new Edge(span.to, -1));
        }
        long first = edges.stream().mapToLong(Edge::at).findFirst().orElse(0);
        edges.sort(Comparator.<Edge>comparingLong(edge -> edge.at - first).thenComparingInt(Edge::change));
        int open = 0;
        int most = 0;
        long busiest = first;
        for (Edge edge : edges) {
            open += edge.change;
            if (open > most) {
                most = open;
                busiest = edge.at;
            }
        }
        return busiest;
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
