package org.resilientmail.testkit;

import java.util.List;

/** Where a session stands. For the one thread of its session. */
final class SessionState {

    /** Whether EHLO or HELO has been answered with 250 since the connection, or TLS, began. */
    boolean greeted;

    /** Who is logged in; empty for nobody. */
    String user = "";

    /** How many transactions have been begun with an accepted MAIL. */
    int begun;

    /** The transaction in the making, or {@code null}. */
    Transaction transaction;

    private final Script script;
    private final int session;

    SessionState(Script script, int session) {
        this.script = script;
        this.session = session;
    }

    /** The sender of the transaction in the making; empty without one. */
    String sender() {
        return transaction == null ? "" : transaction.sender();
    }

    /** An arrival at the step, counted, with the envelope as it is. */
    Encounter encounter(Step step, String argument) {
        return encounter(step, argument, sender(), transaction == null ? List.of() : transaction.recipients());
    }

    /** An arrival at the step, counted, with an envelope that is still to be accepted. */
    Encounter encounter(Step step, String argument, String sender, List<String> recipients) {
        int message = transaction == null ? begun + 1 : begun;
        return new Encounter(
                step, session, message, script.countOccurrence(step), argument, sender, recipients, user, 0);
    }
}
