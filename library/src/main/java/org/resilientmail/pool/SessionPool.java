package org.resilientmail.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The sessions of one account: never more at once than allowed, used again while they are fresh, handed out first come,
 * first served. Thread-safe. Sessions of different keys (credentials, TLS settings, ...) share the cap, because the
 * relay counts them together, but never a session.
 *
 * <p>Nothing is opened, closed or called back under the lock. A place stays taken until its session is really closed,
 * so that the relay never sees more sessions than the cap.
 *
 * @param <S> the kind of session
 */
@SuppressWarnings("try") // what a try holds here is the lock, which nobody has to name
public final class SessionPool<S> {

    private final PoolLock lock = new PoolLock();
    private final Slots<S> slots = new Slots<>();
    private final WaitingLine line = new WaitingLine(lock);

    private final SessionCloser<S> closer;
    private final Housekeeper housekeeper;
    private final Executor background;
    private final LongSupplier nanoTime;

    /**
     * Makes an empty pool.
     *
     * @param closer closes sessions
     * @param housekeeper closes idle sessions in time
     * @param background runs what no sender has to wait for: the closing of sessions that have served their time, and the
     *     opening of those that are to follow them. A task may block for as long as opening a session may
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    public SessionPool(SessionCloser<S> closer, Housekeeper housekeeper, Executor background, LongSupplier nanoTime) {
        this.closer = Objects.requireNonNull(closer, "closer");
        this.housekeeper = Objects.requireNonNull(housekeeper, "housekeeper");
        this.background = Objects.requireNonNull(background, "background");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /**
     * Leases a session, waiting for one if need be.
     *
     * @param <X> what opening throws
     * @param key whose sessions may be used again: equal keys mean equal host, port, credentials and settings
     * @param limits the limits to keep
     * @param deadline do not wait beyond this {@code nanoTime}
     * @param onWait told the longest the wait can be, in nanoseconds, before it begins; called without a lock held
     * @param factory opens a session if none can be used again
     * @return the lease
     * @throws X what {@code factory} throws
     * @throws NoFreeSession if none became free in time
     * @throws InterruptedException if interrupted while waiting
     */
    public <X extends Exception> Lease<S> lease(
            Object key, PoolLimits limits, long deadline, LongConsumer onWait, SessionFactory<? extends S, X> factory)
            throws X, NoFreeSession, InterruptedException {
        List<Ending<S>> ended = new ArrayList<>(0);
        Lease<S> lease = null;
        try {
            Taken<S> taken = take(key, limits, deadline, onWait, ended);
            if (taken.before().isPresent()) {
                ended.add(taken.before().get());
            }
            lease = taken.reused() ? new Lease<>(this, taken.slot(), limits, true) : open(taken, limits, factory);
            return lease;
        } finally {
            for (Ending<S> ending : ended) {
                if (lease == null) {
                    tell(ending);
                } else {
                    lease.afterwards(() -> tell(ending));
                }
            }
        }
    }

    /**
     * A session of this key that is known to be alive: in use, or used within the given time. Only what is fixed since
     * it was opened may be read from it.
     *
     * @param key whose session
     * @param limits the limits it has to keep
     * @param withinNanos how recently it has to have been used, if it is idle
     * @return the session, if there is one
     */
    public Optional<S> live(Object key, PoolLimits limits, long withinNanos) {
        try (PoolLock held = lock.held()) {
            return slots.live(key, limits, withinNanos, nanoTime.getAsLong());
        }
    }

    /**
     * Closes a session, if it stands idle and was never used.
     *
     * @param session the session
     */
    public void closeUnused(S session) {
        Optional<Ending<S>> unused;
        try (PoolLock held = lock.held()) {
            unused = slots.endUnused(session);
        }
        if (unused.isPresent()) {
            close(List.of(unused.get()));
        }
    }

    /** {@return the pool's numbers now} */
    public PoolStatus status() {
        try (PoolLock held = lock.held()) {
            return slots.status(line.length());
        }
    }

    /**
     * Whether a session was closed within the given time: the relay may still count it.
     *
     * @param nanos the time
     * @return whether one was
     */
    public boolean closedWithin(long nanos) {
        try (PoolLock held = lock.held()) {
            return slots.closedWithin(nanos, nanoTime.getAsLong());
        }
    }

    /** Closes idle sessions now and those in use as soon as they are given back. The pool stays usable. */
    public void closeAll() {
        List<Ending<S>> all;
        try (PoolLock held = lock.held()) {
            all = slots.endAll();
        }
        close(all);
        housekeeper.lookAgain();
    }

    /**
     * One step of housekeeping: closes what is due and tells when the next one will be.
     *
     * @return nanoseconds until the next session is due; {@link Long#MAX_VALUE} when none is idle
     */
    long closeDue() {
        List<Ending<S>> due;
        try (PoolLock held = lock.held()) {
            due = slots.endDue(nanoTime.getAsLong());
        }
        close(due);
        return nextDue();
    }

    /** Nanoseconds until the next idle session is due; {@link Long#MAX_VALUE} when none is idle. */
    long nextDue() {
        try (PoolLock held = lock.held()) {
            return slots.nextDue(nanoTime.getAsLong());
        }
    }

    /** Whether a leased session has come to a limit since, so that no use of it may begin. */
    boolean isSpent(Slot<S> slot, PoolLimits limits) {
        return slot.whyNot(limits, nanoTime.getAsLong()) != null;
    }

    long ageNanos(Slot<S> slot) {
        return slot.age(nanoTime.getAsLong());
    }

    /** Ends a lease; what was put off until then is run before the session's own end is told. */
    void giveBack(Slot<S> slot, PoolLimits limits, NextSession<S> next, Lease<S> over) {
        Optional<Ending<S>> spent;
        Optional<Slot<S>> successor = Optional.empty();
        long due = 0;
        try (PoolLock held = lock.held()) {
            long now = nanoTime.getAsLong();
            spent = slots.giveBack(slot, limits, now);
            if (spent.isEmpty()) {
                successor = next == null ? successor : slots.reserveSuccessor(slot, limits, now);
                due = slots.nextDue(now);
                line.callNext();
            }
        }
        if (spent.isPresent() && spent.get().reason().isRotation()) {
            new Farewell<>(this, spent.get()).begin(background, over);
        } else if (spent.isPresent()) {
            close(spent.get(), over);
        } else {
            housekeeper.watch(this, due);
            if (successor.isPresent()) {
                new OpeningAhead<>(this, successor.get(), limits, next).begin(background);
            }
            over.runAfterwards();
        }
    }

    void discard(Slot<S> slot, CloseReason reason, Lease<S> over) {
        Ending<S> ending;
        try (PoolLock held = lock.held()) {
            ending = slots.end(slot, reason);
        }
        close(ending, over);
    }

    /**
     * Takes an idle session or a place for a new one, in line with all others who want one. Sessions closed on the way
     * are told of later: not by somebody who stands in line.
     */
    private Taken<S> take(Object key, PoolLimits limits, long deadline, LongConsumer onWait, List<Ending<S>> ended)
            throws NoFreeSession, InterruptedException {
        try (PoolLock held = lock.held()) {
            if (line.length() == 0) {
                long now = nanoTime.getAsLong();
                Optional<Taken<S>> taken =
                        slots.comingIn(key, limits, now) > 0 ? Optional.empty() : slots.take(key, limits, now);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
            return takeInLine(key, limits, deadline, onWait, ended);
        }
    }

    private Taken<S> takeInLine(
            Object key, PoolLimits limits, long deadline, LongConsumer onWait, List<Ending<S>> ended)
            throws NoFreeSession, InterruptedException {
        Condition myTurn = line.join();
        try {
            long start = nanoTime.getAsLong();
            long until = start + Math.min(limits.maxWait().toNanos(), Math.max(0, deadline - start));
            boolean told = false;
            while (true) {
                if (line.isNext(myTurn)) {
                    long now = nanoTime.getAsLong();
                    // Whoever comes behind us is not to be held up by it, and opens his own.
                    long coming = line.length() > 1 ? 0 : Math.min(slots.comingIn(key, limits, now), until - now);
                    if (coming > 0) {
                        myTurn.awaitNanos(coming);
                        continue;
                    }
                    Optional<Taken<S>> taken = slots.take(key, limits, now);
                    if (taken.isPresent()) {
                        return taken.get();
                    }
                    Optional<Ending<S>> surplus = slots.endSurplus(limits, now);
                    if (surplus.isPresent()) {
                        ended.add(surplus.get());
                        unlocked(() -> closeAndFree(surplus.get()));
                        continue;
                    }
                }
                long left = until - nanoTime.getAsLong();
                if (left <= 0) {
                    long waited = nanoTime.getAsLong() - start;
                    throw new NoFreeSession(waited, slots.status(line.length()), limits.maxOpen());
                }
                if (told) {
                    myTurn.awaitNanos(left);
                } else {
                    told = true;
                    unlocked(() -> onWait.accept(left));
                }
            }
        } finally {
            // Whoever is next now may be served: our leaving, or what we left over, may be its chance.
            line.leave(myTurn);
        }
    }

    /** Opens a session for a place that was taken. */
    <X extends Exception> Lease<S> open(Taken<S> taken, PoolLimits limits, SessionFactory<? extends S, X> factory)
            throws X {
        Slot<S> slot = taken.slot();
        boolean opened = false;
        try {
            if (taken.before().isPresent()) {
                callCloser(taken.before().get()); // its place is ours already
            }
            // The relay counts a session's age from the connection on, which may be long before the login is through.
            long begun = nanoTime.getAsLong();
            S session = Objects.requireNonNull(factory.open(), "session");
            try (PoolLock held = lock.held()) {
                slots.openingTook(slot, nanoTime.getAsLong() - begun);
                slots.opened(slot, session, begun);
            }
            opened = true;
            return new Lease<>(this, slot, limits, false);
        } finally {
            if (!opened) {
                freePlace(slot);
            }
        }
    }

    /** Closes a session that nobody else can reach any more, frees its place, and only then tells of it. */
    private void close(Ending<S> ending, Lease<S> over) {
        closeAndFree(ending);
        over.runAfterwards();
        tell(ending);
    }

    private void close(List<Ending<S>> endings) {
        for (Ending<S> ending : endings) {
            closeAndFree(ending);
            tell(ending);
        }
    }

    void closeAndFree(Ending<S> ending) {
        try {
            callCloser(ending);
        } finally {
            freePlace(ending.slot());
        }
    }

    /** A closer that fails costs nobody his place, his send or, where several are closed, the closing of the others. */
    private void callCloser(Ending<S> ending) {
        try {
            closer.close(ending.slot().session(), ending.slot().uses(), ending.reason());
        } catch (RuntimeException | Error e) {
            Housekeeper.warn("closing a session failed: " + e.getClass().getName());
        } finally {
            try (PoolLock held = lock.held()) {
                slots.closed(nanoTime.getAsLong());
            }
        }
    }

    void tell(Ending<S> ending) {
        closer.closed(ending.slot().uses(), ending.reason());
    }

    /** Gives a place up that nobody has a session in. */
    void freePlace(Slot<S> slot) {
        try (PoolLock held = lock.held()) {
            slots.free(slot);
            line.callNext();
        }
    }

    /** Does something without the lock, but without leaving the line either: nobody loses its turn by it. */
    private void unlocked(Runnable what) {
        lock.unlock();
        try {
            what.run();
        } finally {
            lock.lock();
        }
    }
}
