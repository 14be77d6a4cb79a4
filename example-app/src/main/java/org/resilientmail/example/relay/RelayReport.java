package org.resilientmail.example.relay;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the relay saw. Immutable.
 *
 * @param sessions authenticated sessions in all
 * @param mostSessionsAtOnce authenticated sessions of one user at the same time, at most
 * @param mostMessagesPerSession messages accepted in one session, at most
 * @param mostRecipientsPerMessage recipients of one accepted message, at most
 * @param messages messages accepted
 * @param recipients recipients of the accepted messages
 * @param refusals how often each negative reply was given, ordered by reply
 */
public record RelayReport(
        int sessions,
        int mostSessionsAtOnce,
        int mostMessagesPerSession,
        int mostRecipientsPerMessage,
        int messages,
        int recipients,
        Map<String, Integer> refusals) {

    /** Copies the refusals. */
    public RelayReport {
        refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
    }
}
