package org.resilientmail.ops;

import java.util.List;
import java.util.Map;

/**
 * What a management console shows: {@code org.resilientmail:type=ResilientMail,id=N}, one for each class loader that
 * sends. Counters begin when the key {@code jmx} was first seen.
 */
public interface ResilientMailMXBean {

    /** {@return what of several applications in this JVM it is: their class loader} */
    String getApplication();

    /** {@return envelopes that relays accepted; a message with too many recipients goes out in several} */
    long getAcceptedEnvelopes();

    /** {@return recipients of those} */
    long getAcceptedRecipients();

    /** {@return calls that failed, those in doubt not among them} */
    long getFailedCalls();

    /** {@return calls that ended in doubt: the relay may have accepted the message} */
    long getUncertainCalls();

    /** {@return calls that failed, by kind} */
    Map<String, Long> getFailuresByKind();

    /** {@return attempts that failed and were followed by another, by kind} */
    Map<String, Long> getRetriesByKind();

    /** {@return sessions opened so far} */
    long getSessionsOpened();

    /** {@return sessions closed so far, by reason} */
    Map<String, Long> getSessionsClosedByReason();

    /** {@return accounts with their pools, permits and learned limits, as they are now} */
    List<AccountStatus> getAccounts();

    /** {@return the last failures with what to do about them, the latest first; at most {@value Counters#KEPT}} */
    List<FailureStatus> getLastFailures();

    /** Lets credentials that a relay refused be tried again at once: for an account that was unlocked or corrected. */
    void forgetRefusedLogins();

    /** Ends idle sessions now, and those in use as soon as their send is through; later sends open new ones. */
    void closeSessions();
}
