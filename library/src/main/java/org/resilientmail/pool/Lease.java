package org.resilientmail.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use one session, alone, until it is given back. Exactly one of {@link #giveBack()} and
 * {@link #discard(CloseReason)} takes effect; later calls do nothing, so that a {@code finally} may call again.
 *
 * @param <S> the kind of session
 */
public final class Lease<S> {

    private final SessionPool<S> pool;
    private final Slot<S> slot;
    private final PoolLimits limits;
    private final boolean reused;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Confined to the holder. */
    private List<Runnable> afterwards = List.of();
    /** Confined to the holder; {@code null} when nobody can open one. */
    private NextSession<S> next;

    Lease(SessionPool<S> pool, Slot<S> slot, PoolLimits limits, boolean reused) {
        this.pool = pool;
        this.slot = slot;
        this.limits = limits;
        this.reused = reused;
    }

    /** {@return the session} */
    public S session() {
        return slot.session();
    }

    /** {@return whether the session stood idle before, so that the relay may have closed it meanwhile} */
    public boolean isReused() {
        return reused;
    }

    /** {@return how long the session stood idle before this lease, in nanoseconds; 0 for a fresh one} */
    public long idleNanos() {
        return slot.idleNanosAtLease();
    }

    /** {@return the session's age, in nanoseconds} */
    public long ageNanos() {
        return pool.ageNanos(slot);
    }

    /** {@return whether the session has come to a limit since it was leased, so that no further use of it may begin} */
    public boolean isSpent() {
        return pool.isSpent(slot, limits);
    }

    /** {@return how often the session was used, this lease's uses included} */
    public int uses() {
        return slot.uses();
    }

    /** Counts one use. Counted when it begins, because the relay may count it however it ends. */
    public void countUse() {
        slot.countUse();
    }

    /**
     * Puts something off until this lease is over: what calls the application back must not find the session taken by
     * the very thread that calls.
     *
     * @param what run on the thread that ends the lease, when the session is back or closed; must not throw
     */
    public void afterwards(Runnable what) {
        if (afterwards.isEmpty()) {
            afterwards = new ArrayList<>(2);
        }
        afterwards.add(what);
    }

    /**
     * Has the pool open another session in time, when this one is given back shortly before its end and is used steadily.
     *
     * @param opener opens it, of the same key; {@code null} for no other session
     */
    public void followedBy(NextSession<S> opener) {
        next = opener;
    }

    /** Gives the session back for others to use; it is closed instead where it has reached a limit. */
    public void giveBack() {
        if (ended.compareAndSet(false, true)) {
            pool.giveBack(slot, limits, next, this);
        }
    }

    /**
     * Ends the session.
     *
     * @param reason why
     */
    public void discard(CloseReason reason) {
        if (ended.compareAndSet(false, true)) {
            pool.discard(slot, reason, this);
        }
    }

    /** The session is back or closed. */
    void runAfterwards() {
        for (Runnable what : afterwards) {
            what.run();
        }
    }
}
