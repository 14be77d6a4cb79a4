package org.resilientmail.testkit;

import java.util.Optional;

/**
 * Decides at each step of each session whether something goes wrong there: for faults at random, which no list of rules
 * can hold. Called by the threads of all sessions at once. At {@link Step#BODY} it is asked for every line or chunk of a
 * message, with the same {@link Encounter#occurrence()}. A silence lasts until the client leaves: nobody can release it.
 */
@FunctionalInterface
public interface FaultSource {

    /**
     * What goes wrong.
     *
     * @param fault how
     * @param text the reply, or {@code null} for the ordinary or built-in one; see {@link Fault}
     */
    record Mishap(Fault fault, String text) {}

    /** What goes wrong here, or empty. */
    Optional<Mishap> at(Encounter encounter);
}
