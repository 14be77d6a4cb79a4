package org.resilientmail.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The places of a pool: which there are, what is idle, and who gets which. It only decides and remembers; time is an
 * argument, and waiting, opening and closing are the pool's. Guarded by the pool's lock.
 */
final class Slots<S> {

    /** All places the relay may count a session for. */
    private final List<Slot<S>> slots = new ArrayList<>();
    /** Idle ones, the most recently used last. */
    private final Deque<Slot<S>> idle = new ArrayDeque<>();

    private final Foresight<S> foresight = new Foresight<>();

    private long generation;
    private boolean anyClosed;
    private long lastClosedAt;

    /** Leases the idle session used last, or reserves a place for a new one; empty when there is neither. */
    Optional<Taken<S>> take(Object key, PoolLimits limits, long now) {
        for (Iterator<Slot<S>> it = idle.descendingIterator(); it.hasNext(); ) {
            Slot<S> slot = it.next();
            if (slot.mayServe(key, limits, now)) {
                it.remove();
                slot.leased(now);
                return Optional.of(new Taken<>(slot, true, Optional.empty()));
            }
        }
        if (slots.size() < limits.maxOpen()) {
            return Optional.of(new Taken<>(reserve(key), false, Optional.empty()));
        }
        if (slots.size() > limits.maxOpen()) {
            return Optional.empty();
        }
        // The cap is reached and what is idle cannot serve: its place can, once it is closed.
        return endOldest(limits, now).map(old -> {
            slots.remove(old.slot());
            return new Taken<>(reserve(key), false, Optional.of(old));
        });
    }

    /** Ends an idle session beyond the cap, which was lowered meanwhile: its place is to be given up. */
    Optional<Ending<S>> endSurplus(PoolLimits limits, long now) {
        return slots.size() > limits.maxOpen() ? endOldest(limits, now) : Optional.empty();
    }

    private Optional<Ending<S>> endOldest(PoolLimits limits, long now) {
        Slot<S> oldest = idle.pollFirst();
        if (oldest == null) {
            return Optional.empty();
        }
        CloseReason reason = oldest.whyNot(limits, now);
        reason = reason == null ? oldest.dueReason(now) : reason;
        return Optional.of(end(oldest, reason == null ? CloseReason.MAKE_ROOM : reason));
    }

    private Slot<S> reserve(Object key) {
        Slot<S> slot = new Slot<>(key, generation);
        slots.add(slot);
        return slot;
    }

    /** Puts the session that was opened for a reserved place into it, leased. */
    void opened(Slot<S> slot, S session, long begun) {
        slot.opened(session, begun);
    }

    /** Notes how long the opening of a session took. */
    void openingTook(Slot<S> slot, long nanos) {
        foresight.opened(slot.isSpare(), nanos);
    }

    /** Reserves a place for the session that is to follow an idle one, if it has to be opened already. */
    Optional<Slot<S>> reserveSuccessor(Slot<S> old, PoolLimits limits, long now) {
        if (!foresight.wantsSuccessor(old, slots, limits, now)) {
            return Optional.empty();
        }
        Slot<S> successor = reserve(old.key());
        successor.succeeds(old, foresight.readyBy(now));
        return Optional.of(successor);
    }

    /**
     * How long a caller does well to wait for a session that is being opened already, rather than to open one more; 0
     * when there is none, or none is needed.
     */
    long comingIn(Object key, PoolLimits limits, long now) {
        long in = 0;
        for (Slot<S> slot : slots) {
            if (slot.state() == Slot.State.IDLE && slot.mayServe(key, limits, now)) {
                return 0;
            }
            if (slot.isComing() && slot.key().equals(key)) {
                in = Math.max(in, slot.readyBy() - now);
            }
        }
        return in;
    }

    /** Makes a leased session idle, or ends it where it has reached a limit. */
    Optional<Ending<S>> giveBack(Slot<S> slot, PoolLimits limits, long now) {
        foresight.ended(slot, limits, now);
        CloseReason reason = slot.generation() == generation ? slot.whyNot(limits, now) : CloseReason.SHUTDOWN;
        if (reason == null && slots.size() > limits.maxOpen()) {
            reason = CloseReason.MAKE_ROOM; // the cap was lowered meanwhile
        }
        if (reason != null) {
            return Optional.of(end(slot, reason));
        }
        slot.idle(limits, now);
        if (slot.isSpare()) {
            idle.addFirst(slot); // those that were used before are used up first
        } else {
            idle.addLast(slot);
        }
        return Optional.empty();
    }

    /** Ends the session of a slot that is not among the idle ones. */
    Ending<S> end(Slot<S> slot, CloseReason reason) {
        slot.changing();
        return new Ending<>(slot, reason);
    }

    /** Ends the idle sessions that are due. */
    List<Ending<S>> endDue(long now) {
        List<Ending<S>> due = new ArrayList<>();
        for (Iterator<Slot<S>> it = idle.iterator(); it.hasNext(); ) {
            Slot<S> slot = it.next();
            CloseReason reason = slot.dueReason(now);
            if (reason != null) {
                it.remove();
                due.add(end(slot, reason));
            }
        }
        return due;
    }

    /** Ends all idle sessions now; those in use or being opened end when they are given back. */
    List<Ending<S>> endAll() {
        generation++;
        List<Ending<S>> all = new ArrayList<>();
        for (Slot<S> slot = idle.pollFirst(); slot != null; slot = idle.pollFirst()) {
            all.add(end(slot, CloseReason.SHUTDOWN));
        }
        return all;
    }

    /** Ends a session that stands idle and was never used. */
    Optional<Ending<S>> endUnused(S session) {
        for (Iterator<Slot<S>> it = idle.iterator(); it.hasNext(); ) {
            Slot<S> slot = it.next();
            if (slot.session() == session && slot.uses() == 0) {
                it.remove();
                return Optional.of(end(slot, CloseReason.UNUSED));
            }
        }
        return Optional.empty();
    }

    /** Gives a place up: its session is closed, or was never opened. */
    void free(Slot<S> slot) {
        slots.remove(slot);
        if (slot.session() == null) {
            foresight.failed();
        }
    }

    /** Notes that a session was closed now. */
    void closed(long now) {
        anyClosed = true;
        lastClosedAt = now;
    }

    /** Whether a session was closed within this time. */
    boolean closedWithin(long nanos, long now) {
        return anyClosed && now - lastClosedAt < nanos;
    }

    /** Nanoseconds until the next idle session is due; {@link Long#MAX_VALUE} when none is idle. */
    long nextDue(long now) {
        long next = Long.MAX_VALUE;
        for (Slot<S> slot : idle) {
            next = Math.min(next, slot.dueIn(now));
        }
        return next;
    }

    /** A session of this key that is in use, or was within this time and may be used again. */
    Optional<S> live(Object key, PoolLimits limits, long withinNanos, long now) {
        for (Slot<S> slot : slots) {
            boolean fresh = slot.state() == Slot.State.LEASED
                    || slot.state() == Slot.State.IDLE
                            && slot.idleFor(now) < withinNanos
                            && slot.mayServe(key, limits, now);
            if (fresh && slot.key().equals(key)) {
                return Optional.of(slot.session());
            }
        }
        return Optional.empty();
    }

    /** The numbers, with those who wait. */
    PoolStatus status(int waiting) {
        int leased = 0;
        int changing = 0;
        for (Slot<S> slot : slots) {
            if (slot.state() == Slot.State.LEASED) {
                leased++;
            } else if (slot.state() == Slot.State.CHANGING) {
                changing++;
            }
        }
        return new PoolStatus(leased, idle.size(), changing, waiting);
    }
}
