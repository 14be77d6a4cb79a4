package org.resilientmail.pool;

/**
 * How one session is used: whether steadily, and how long a use takes. From this follows when it will be used up. Time is
 * an argument. Guarded by the pool's lock.
 */
final class Pace {

    /** Fewer may be chance: nothing is opened on the strength of them. */
    private static final int STEADY = 3;

    /** Uses in a row, each begun as soon after the one before as a sender does that goes on and on. */
    private int run;
    /** From the end of one use to the end of the next, smoothed. */
    private long perUse;

    private int uses;
    private long lastEnd;
    private boolean inherited;

    /** Goes on with the pace of the session that this one replaces. */
    void inherit(Pace before) {
        run = before.run;
        perUse = before.perUse;
        inherited = true;
    }

    /**
     * A lease is over.
     *
     * @param usesNow uses of the session by now
     * @param idle how long it had stood idle before the lease
     * @param opening how long opening a session takes: who pauses for longer does not notice that either
     * @param now the time
     * @return whether the lease was a use
     */
    boolean ended(int usesNow, long idle, long opening, long now) {
        if (usesNow == uses) {
            return false;
        }
        boolean first = uses == 0;
        // One that was opened ahead has waited for its turn, on purpose.
        long soon = first ? 3 * opening + perUse : opening;
        if (first && !inherited || idle > soon) {
            run = 1;
        } else {
            run++;
            if (!first) {
                long took = now - lastEnd;
                perUse = perUse == 0 ? took : perUse + (took - perUse) / 4;
            }
        }
        uses = usesNow;
        lastEnd = now;
        return true;
    }

    /**
     * Whether the session will be used up by the time another one can be opened, if it is used on like this.
     *
     * @param usesLeft uses left to it, at least 1
     * @param age its age
     * @param lifeLeft the time left to it
     * @param ahead how long before its end to begin; nothing is to be gained by beginning at 0
     */
    boolean endsWithin(int usesLeft, long age, long lifeLeft, long ahead) {
        if (run < STEADY || ahead <= 0) {
            return false;
        }
        boolean byUses = perUse == 0 || usesLeft - 1 <= ahead / perUse;
        // The first of all openings is slow, and what follows it may be few messages: no guess beyond half of the way.
        return byUses && (inherited || usesLeft <= uses) || lifeLeft <= ahead && (inherited || lifeLeft <= age);
    }
}
