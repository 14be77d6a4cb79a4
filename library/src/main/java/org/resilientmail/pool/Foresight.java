package org.resilientmail.pool;

import java.util.List;

/**
 * Decides when the next session is opened before the one in use has come to its end, so that nobody waits for it. It only
 * decides and remembers; time is an argument. Guarded by the pool's lock.
 */
final class Foresight<S> {

    /** An account whose sessions all end at once does not log in with all of them at once. */
    private static final int MOST_UNDER_WAY = 2;

    /** How long opening a session took last. */
    private long opening;
    /** One could not be opened: nothing is tried that nobody has asked for until one could. */
    private boolean barred;

    /** A session was opened, and how long that took. */
    void opened(boolean ahead, long took) {
        opening = took;
        barred = barred && ahead;
    }

    /** A session could not be opened, or is not to be opened without need. */
    void failed() {
        barred = true;
    }

    /** Notes that a lease is over. */
    void ended(Slot<S> slot, PoolLimits limits, long now) {
        if (slot.pace().ended(slot.uses(), slot.idleNanosAtLease(), opening, now)) {
            slot.ending(slot.pace()
                    .endsWithin(
                            limits.maxUses() - slot.uses(),
                            slot.age(now),
                            limits.maxLifetime().toNanos() - slot.age(now),
                            ahead(limits)));
        }
    }

    /** Whether a session has to be opened now that takes this one's place later, by what the cap and the others say. */
    boolean wantsSuccessor(Slot<S> old, List<Slot<S>> slots, PoolLimits limits, long now) {
        if (!old.isEnding() || barred || slots.size() >= limits.maxOpen()) {
            return false;
        }
        int ending = 0;
        int spare = 0;
        int underWay = 0;
        for (Slot<S> slot : slots) {
            boolean sameKey = slot.key().equals(old.key());
            boolean coming = slot.isComing();
            underWay += coming ? 1 : 0;
            if (sameKey && slot.isEnding() && slot.state() != Slot.State.CHANGING) {
                ending++;
            } else if (sameKey
                    && (coming || slot.state() == Slot.State.IDLE && slot.mayServe(old.key(), limits, now))) {
                spare++;
            }
        }
        return ending > spare && underWay < MOST_UNDER_WAY;
    }

    /** When a successor begun now ought to be ready at the latest; who needs it before that does well to wait. */
    long readyBy(long now) {
        return now + 2 * opening;
    }

    /** How long before the end of a session the next one is begun: in time, but not to grow old in idleness. */
    private long ahead(PoolLimits limits) {
        return Math.min(
                opening + opening / 2,
                Math.min(limits.maxIdle().toNanos() / 2, limits.maxLifetime().toNanos() / 4));
    }
}
