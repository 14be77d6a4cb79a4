package org.resilientmail.example;

import java.util.Map;
import java.util.TreeMap;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.DeliveryListener;

/** Counts what the library tells of its work. Thread-safe. */
final class Tally implements DeliveryListener {

    private int sessions;
    private int splits;
    private int splitEnvelopes;
    private int accepted;
    private int retries;
    private int freeRetries;
    private final Map<String, Integer> closed = new TreeMap<>();
    private final Map<String, Integer> waits = new TreeMap<>();
    private final Map<String, Long> learned = new TreeMap<>();

    /**
     * The counts at one moment.
     *
     * @param sessions sessions opened
     * @param closed sessions closed, by reason
     * @param splits messages split
     * @param splitEnvelopes envelopes those were split into
     * @param accepted envelopes accepted
     * @param retries further attempts that count as such
     * @param freeRetries further attempts that do not, because the session was at fault
     * @param waits waits, by reason
     * @param learned limits learned from replies, by name
     */
    record Counts(
            int sessions,
            Map<String, Integer> closed,
            int splits,
            int splitEnvelopes,
            int accepted,
            int retries,
            int freeRetries,
            Map<String, Integer> waits,
            Map<String, Long> learned) {

        /** {@return sessions replaced because they had reached a bound} */
        int rotations() {
            return closed.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("max-"))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    @Override
    public synchronized void on(DeliveryEvent event) {
        if (event instanceof DeliveryEvent.SessionOpened) {
            sessions++;
        } else if (event instanceof DeliveryEvent.SessionClosed session) {
            closed.merge(session.reason(), 1, Integer::sum);
        } else if (event instanceof DeliveryEvent.Split split) {
            splits++;
            splitEnvelopes += split.envelopes();
        } else if (event instanceof DeliveryEvent.Accepted) {
            accepted++;
        } else if (event instanceof DeliveryEvent.Retrying retry) {
            retries += retry.spendsAttempt() ? 1 : 0;
            freeRetries += retry.spendsAttempt() ? 0 : 1;
        } else if (event instanceof DeliveryEvent.Waiting wait) {
            waits.merge(wait.reason(), 1, Integer::sum);
        } else if (event instanceof DeliveryEvent.LimitLearned limit) {
            learned.put(limit.limit().name(), limit.value());
        }
    }

    synchronized Counts counts() {
        return new Counts(
                sessions,
                new TreeMap<>(closed),
                splits,
                splitEnvelopes,
                accepted,
                retries,
                freeRetries,
                new TreeMap<>(waits),
                new TreeMap<>(learned));
    }
}
