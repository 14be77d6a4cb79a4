package org.resilientmail.ops;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.resilientmail.reply.FailureKind;

/** What happened so far, in numbers, and the last failures. Thread-safe. */
public final class Counters {

    /** The most failures that are kept. */
    public static final int KEPT = 20;

    private final LongAdder envelopes = new LongAdder();
    private final LongAdder recipients = new LongAdder();
    private final LongAdder sessions = new LongAdder();
    private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> retries = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> closings = new ConcurrentHashMap<>();
    private final Deque<FailureStatus> last = new ArrayDeque<>();

    /** Begins at zero. */
    public Counters() {}

    /**
     * A relay accepted an envelope.
     *
     * @param count its recipients
     */
    public void accepted(int count) {
        envelopes.increment();
        recipients.add(count);
    }

    /**
     * A call failed.
     *
     * @param failure how
     */
    public void failed(FailureStatus failure) {
        count(failures, failure.getKind());
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(failure);
        }
    }

    /**
     * An attempt failed, and another one is made.
     *
     * @param kind how it failed
     */
    public void retried(FailureKind kind) {
        count(retries, kind.name());
    }

    /** A session was opened. */
    public void opened() {
        sessions.increment();
    }

    /**
     * A session was closed.
     *
     * @param reason why
     */
    public void closed(String reason) {
        count(closings, reason);
    }

    private static void count(ConcurrentMap<String, LongAdder> counters, String name) {
        counters.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    long envelopes() {
        return envelopes.sum();
    }

    long recipients() {
        return recipients.sum();
    }

    long sessions() {
        return sessions.sum();
    }

    Map<String, Long> failures() {
        return sums(failures);
    }

    Map<String, Long> retries() {
        return sums(retries);
    }

    Map<String, Long> closings() {
        return sums(closings);
    }

    /** Calls that ended in doubt. */
    long uncertain() {
        return failures().getOrDefault(FailureKind.DELIVERY_UNCERTAIN.name(), 0L);
    }

    /** Calls that failed, those in doubt not among them. */
    long failed() {
        return total(failures()) - uncertain();
    }

    static long total(Map<String, Long> sums) {
        return sums.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> sums(ConcurrentMap<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    /** The latest first. */
    List<FailureStatus> lastFailures() {
        synchronized (last) {
            List<FailureStatus> latestFirst = new ArrayList<>(last.size());
            last.descendingIterator().forEachRemaining(latestFirst::add);
            return latestFirst;
        }
    }

    /** {@return all of it on one line} */
    @Override
    public String toString() {
        Map<String, Long> failed = failures();
        failed.remove(FailureKind.DELIVERY_UNCERTAIN.name());
        String kinds = failed.isEmpty()
                ? ""
                : failed.entrySet().stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
        return "accepted " + envelopes() + " envelopes for " + recipients() + " recipients, failed " + total(failed)
                + kinds + ", uncertain " + uncertain() + ", tried again " + total(retries()) + ", sessions "
                + sessions();
    }
}
