package org.resilientmail.ops;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.management.ConstructorParameters;

/** An account at this moment, for people and their tools. Immutable. */
public final class AccountStatus {

    private final String account;
    private final int sessionsInUse;
    private final int sessionsIdle;
    private final int sessionsChanging;
    private final int waitingForSession;
    private final Map<String, Integer> permits;
    private final Map<String, Long> learnedLimits;
    private final long pausedMillis;

    /**
     * An account.
     *
     * @param account see {@link #getAccount()}
     * @param sessionsInUse see {@link #getSessionsInUse()}
     * @param sessionsIdle see {@link #getSessionsIdle()}
     * @param sessionsChanging see {@link #getSessionsChanging()}
     * @param waitingForSession see {@link #getWaitingForSession()}
     * @param permits see {@link #getPermits()}
     * @param learnedLimits see {@link #getLearnedLimits()}
     * @param pausedMillis see {@link #getPausedMillis()}
     */
    @ConstructorParameters({
        "account",
        "sessionsInUse",
        "sessionsIdle",
        "sessionsChanging",
        "waitingForSession",
        "permits",
        "learnedLimits",
        "pausedMillis"
    })
    public AccountStatus(
            String account,
            int sessionsInUse,
            int sessionsIdle,
            int sessionsChanging,
            int waitingForSession,
            Map<String, Integer> permits,
            Map<String, Long> learnedLimits,
            long pausedMillis) {
        this.account = Objects.requireNonNull(account, "account");
        this.sessionsInUse = sessionsInUse;
        this.sessionsIdle = sessionsIdle;
        this.sessionsChanging = sessionsChanging;
        this.waitingForSession = waitingForSession;
        this.permits = new TreeMap<>(permits);
        this.learnedLimits = new TreeMap<>(learnedLimits);
        this.pausedMillis = pausedMillis;
    }

    /** {@return the account, as {@code protocol://user@host:port}} */
    public String getAccount() {
        return account;
    }

    /** {@return sessions a message is sent on} */
    public int getSessionsInUse() {
        return sessionsInUse;
    }

    /** {@return sessions that wait for the next message} */
    public int getSessionsIdle() {
        return sessionsIdle;
    }

    /** {@return sessions that are being opened or closed} */
    public int getSessionsChanging() {
        return sessionsChanging;
    }

    /** {@return sends that wait for a session} */
    public int getWaitingForSession() {
        return waitingForSession;
    }

    /** {@return permits left now, by rate, such as {@code messages 20/1s}} */
    public Map<String, Integer> getPermits() {
        return new TreeMap<>(permits);
    }

    /** {@return limits the relay named or announced, by name; spans of time in nanoseconds, sizes in octets} */
    public Map<String, Long> getLearnedLimits() {
        return new TreeMap<>(learnedLimits);
    }

    /** {@return for how long the account pauses because the relay throttles it, in milliseconds; 0: it does not} */
    public long getPausedMillis() {
        return pausedMillis;
    }
}
