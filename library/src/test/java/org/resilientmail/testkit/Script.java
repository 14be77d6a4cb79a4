package org.resilientmail.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rules of one server, asked in the order in which they were given; then the sources; and the gates. Thread-safe. */
final class Script {

    private final Monitor monitor;
    private final List<Rule> rules = new ArrayList<>();
    private final List<FaultSource> sources = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final Map<Step, Integer> occurrences = new EnumMap<>(Step.class);

    Script(Monitor monitor) {
        this.monitor = monitor;
    }

    Monitor monitor() {
        return monitor;
    }

    void add(Rule rule) {
        monitor.change(() -> rules.add(rule));
    }

    void add(FaultSource source) {
        sources.add(source);
    }

    void add(Gate gate) {
        monitor.change(() -> gates.add(gate));
    }

    /** Counts one more arrival at the step, over all sessions. */
    int countOccurrence(Step step) {
        return monitor.read(() -> occurrences.merge(step, 1, Integer::sum));
    }

    /** Whether anything could happen here; spares the work per line of a message. */
    boolean speaksOf(Step step) {
        return !sources.isEmpty()
                || monitor.read(() -> rules.stream().anyMatch(rule -> rule.step() == step)
                        || gates.stream().anyMatch(gate -> gate.isAt(step)));
    }

    /** The first rule that has something to say here; it has spent one of its times when this returns. */
    Optional<Rule> claim(Encounter encounter) {
        Optional<Rule> claimed = monitor.read(
                () -> rules.stream().filter(rule -> rule.claim(encounter)).findFirst());
        if (claimed.isPresent()) {
            monitor.change(() -> {}); // wakes those who wait for it to have fired
            return claimed;
        }
        return sources.stream()
                .flatMap(source -> source.at(encounter).stream())
                .map(mishap -> Rule.once(monitor, encounter.step(), mishap))
                .findFirst();
    }

    /** Waits at every gate that is closed for this encounter. */
    void passGates(Encounter encounter) {
        List<Gate> inTheWay = monitor.read(
                () -> gates.stream().filter(gate -> gate.holds(encounter)).toList());
        inTheWay.forEach(Gate::waitForPassage);
    }

    /** Opens all gates, for a server that closes. */
    void openAllGates() {
        monitor.read(() -> List.copyOf(gates)).forEach(Gate::release);
    }
}
