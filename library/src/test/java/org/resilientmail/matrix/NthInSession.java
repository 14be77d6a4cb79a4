package org.resilientmail.matrix;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.resilientmail.testkit.Encounter;

/** The nth time a step is come to within a session. Called under the server's lock only. */
final class NthInSession implements Predicate<Encounter> {

    private final int wanted;
    private final Map<Integer, Integer> counts = new HashMap<>();

    NthInSession(int wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean test(Encounter encounter) {
        return counts.merge(encounter.session(), 1, Integer::sum) == wanted;
    }
}
