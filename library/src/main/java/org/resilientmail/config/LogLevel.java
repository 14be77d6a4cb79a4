package org.resilientmail.config;

/** How much is logged ({@code log.level}); each level takes in those before it. */
public enum LogLevel {
    /** Calls that failed. */
    ERROR,
    /** And what was tried again, and limits that were learned. */
    WARNING,
    /** And what was accepted, and what was split. */
    INFO,
    /** And sessions that were opened and closed, and waits. */
    DEBUG;

    /**
     * Whether something is logged.
     *
     * @param other the level of what happened
     * @return whether this level takes it in
     */
    public boolean takesIn(LogLevel other) {
        return other.compareTo(this) <= 0;
    }
}
