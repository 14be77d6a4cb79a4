package org.resilientmail.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.resilientmail.testkit.Encounter;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.FaultSource;
import org.resilientmail.testkit.Step;

/**
 * Draws the faults: the n-th command of a kind meets the same one again for the same seed, whichever thread it comes
 * from. Keeps which envelopes were left in doubt: those whose dot was sent and got no reply that can be trusted.
 * Thread-safe.
 */
final class SoakFaults implements FaultSource {

    private final long seed;
    private final double rate;
    private final Map<Step, FaultTable> tables = new EnumMap<>(Step.class);
    private final Map<Fault, LongAdder> drawn = new ConcurrentHashMap<>();
    private final LongAdder commands = new LongAdder();
    private final Map<Copy, Integer> doubts = new ConcurrentHashMap<>();
    private final Set<Integer> bodiesDone = ConcurrentHashMap.newKeySet();

    /** One message, known by its sender, for one recipient. */
    record Copy(String sender, String recipient) {}

    SoakFaults(long seed, double rate) {
        this.seed = new SplittableRandom(seed).nextLong(); // seeds that follow each other must have nothing in common
        this.rate = rate;
        for (Step step : Step.values()) {
            tables.put(step, FaultTable.of(step));
        }
    }

    @Override
    public Optional<Mishap> at(Encounter encounter) {
        Step step = encounter.step();
        boolean body = step == Step.BODY;
        if (!body) {
            commands.increment();
        }
        SplittableRandom random = new SplittableRandom(seed ^ encounter.occurrence() * 64L + step.ordinal());
        if (random.nextDouble() >= rate || tables.get(step).isEmpty()) {
            return Optional.empty();
        }
        FaultTable.Choice choice = tables.get(step).draw(random);
        // A body is asked about line by line: somewhere within, and once.
        if (body && (encounter.bodyBytes() < random.nextInt(600) || !bodiesDone.add(encounter.occurrence()))) {
            return Optional.empty();
        }
        drawn.computeIfAbsent(choice.mishap().fault(), any -> new LongAdder()).increment();
        if (choice.leavesDoubt()) {
            encounter.recipients().forEach(to -> doubts.merge(new Copy(encounter.sender(), to), 1, Integer::sum));
        }
        return Optional.of(choice.mishap());
    }

    /** How many commands, connections included, could have gone wrong. */
    long commands() {
        return commands.sum();
    }

    /** How often each fault happened. */
    Map<Fault, Long> drawn() {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        drawn.forEach((fault, count) -> counts.put(fault, count.sum()));
        return counts;
    }

    /** How often a copy was left in doubt. */
    int doubts(Copy copy) {
        return doubts.getOrDefault(copy, 0);
    }
}
