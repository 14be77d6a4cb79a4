package org.resilientmail.example.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the relay's account of sessions, messages and refusals. Safe for use by several threads. */
final class Ledger {

    private final Map<String, Integer> openByUser = new HashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int sessions;
    private int mostAtOnce;
    private int mostMessages;
    private int mostRecipients;
    private int messages;
    private int recipients;

    /** {@return whether the user may open one more session; if so it is counted as open} */
    synchronized boolean open(String user, int limit) {
        int now = openByUser.getOrDefault(user, 0);
        if (now >= limit) {
            return false;
        }
        openByUser.put(user, now + 1);
        sessions++;
        mostAtOnce = Math.max(mostAtOnce, now + 1);
        return true;
    }

    synchronized void close(String user) {
        openByUser.merge(user, -1, Integer::sum);
    }

    synchronized int messages() {
        return messages;
    }

    /** Counts an accepted message and {@return its number}. */
    synchronized int accepted(int itsRecipients, int messagesInSession) {
        recipients += itsRecipients;
        mostRecipients = Math.max(mostRecipients, itsRecipients);
        mostMessages = Math.max(mostMessages, messagesInSession);
        return ++messages;
    }

    synchronized void refused(String reply) {
        refusals.merge(reply, 1, Integer::sum);
    }

    synchronized RelayReport report() {
        return new RelayReport(sessions, mostAtOnce, mostMessages, mostRecipients, messages, recipients, refusals);
    }
}
