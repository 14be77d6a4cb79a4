package org.resilientmail.testkit;

import java.util.HashSet;
import java.util.Set;

/** Counts the sessions that are in, against a limit. Thread-safe. */
final class Admission {

    private final Set<Integer> inside = new HashSet<>();
    private final int limit;

    Admission(int limit) {
        this.limit = limit;
    }

    /** Lets the session in, if there is room or it is in already. */
    synchronized boolean admit(int session) {
        return inside.contains(session) || (inside.size() < limit && inside.add(session));
    }

    synchronized void leave(int session) {
        inside.remove(session);
    }
}
