package org.resilientmail.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
public final class SessionPool<S> {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Slot<S>> slots = new ArrayList<>();
    /** Idle ones, the most recently used last. */
    private final Deque<Slot<S>> idle = new ArrayDeque<>();
    /** Callers who wait, the one to be served next first. */
    private final Deque<Condition> waiters = new ArrayDeque<>();

    private final SessionCloser<S> closer;
    private final Housekeeper housekeeper;
    private final LongSupplier nanoTime;
    private long lastClosedAt;
    private boolean anyClosed;
    private long generation;

    /**
     * Makes an empty pool.
     *
     * @param closer closes sessions
     * @param housekeeper closes idle sessions in time
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    public SessionPool(SessionCloser<S> closer, Housekeeper housekeeper, LongSupplier nanoTime) {
        this.closer = Objects.requireNonNull(closer, "closer");
        this.housekeeper = Objects.requireNonNull(housekeeper, "housekeeper");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /**
     * Leases a session, waiting for one if need be.
     *
     * @param <X> what opening throws
     * @param key whose sessions may be used again: equal keys mean equal host, port, credentials and settings
     * @param limits the limits to keep
     * @param deadline do not wait beyond this {@code nanoTime}
     * @param factory opens a session if none can be used again
     * @return the lease
     * @throws X what {@code factory} throws
     * @throws NoFreeSession if none became free in time
     * @throws InterruptedException if interrupted while waiting
     */
    public <X extends Exception> Lease<S> lease(
            Object key, PoolLimits limits, long deadline, SessionFactory<? extends S, X> factory)
            throws X, NoFreeSession, InterruptedException {
        Taken<S> taken = take(key, limits, deadline);
        while (taken.slot() == null) {
            close(taken.evicted(), taken.evictedFor());
            taken = take(key, limits, deadline);
        }
        if (taken.reused()) {
            return new Lease<>(this, taken.slot(), limits, true);
        }
        return open(taken, limits, factory);
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
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
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
        } finally {
            lock.unlock();
        }
    }

    /** {@return the pool's numbers now} */
    public PoolStatus status() {
        lock.lock();
        try {
            return statusLocked();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a session was closed within the given time: the relay may still count it.
     *
     * @param nanos the time
     * @return whether one was
     */
    public boolean closedWithin(long nanos) {
        lock.lock();
        try {
            return anyClosed && nanoTime.getAsLong() - lastClosedAt < nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Closes idle sessions now and those in use as soon as they are given back. The pool stays usable. */
    public void closeAll() {
        List<Slot<S>> toClose;
        lock.lock();
        try {
            generation++;
            toClose = new ArrayList<>(idle);
            toClose.forEach(this::removeIdle);
        } finally {
            lock.unlock();
        }
        toClose.forEach(slot -> close(slot, CloseReason.SHUTDOWN));
        housekeeper.lookAgain();
    }

    /**
     * One step of housekeeping: closes what is due and tells when the next one will be.
     *
     * @return nanoseconds until the next session is due; {@link Long#MAX_VALUE} when none is idle
     */
    long closeDue() {
        List<Due<S>> due = new ArrayList<>();
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            for (Iterator<Slot<S>> it = idle.iterator(); it.hasNext(); ) {
                Slot<S> slot = it.next();
                CloseReason reason = slot.dueReason(now);
                if (reason != null) {
                    it.remove();
                    slot.changing();
                    due.add(new Due<>(slot, reason));
                }
            }
        } finally {
            lock.unlock();
        }
        due.forEach(d -> close(d.slot(), d.reason()));
        return nextDue();
    }

    /** Nanoseconds until the next idle session is due; {@link Long#MAX_VALUE} when none is idle. */
    long nextDue() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            return idle.stream().mapToLong(slot -> slot.dueIn(now)).min().orElse(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /** Takes an idle session or a place for a new one, waiting in line if there is neither. */
    private Taken<S> take(Object key, PoolLimits limits, long deadline) throws NoFreeSession, InterruptedException {
        lock.lock();
        try {
            long start = nanoTime.getAsLong();
            Taken<S> taken = waiters.isEmpty() ? tryTake(key, limits, start) : null;
            if (taken != null) {
                return taken;
            }
            long until = start + Math.min(limits.maxWait().toNanos(), Math.max(0, deadline - start));
            return waitInLine(key, limits, start, until);
        } finally {
            lock.unlock();
        }
    }

    private Taken<S> waitInLine(Object key, PoolLimits limits, long start, long until)
            throws NoFreeSession, InterruptedException {
        Condition myTurn = lock.newCondition();
        waiters.addLast(myTurn);
        try {
            while (true) {
                Taken<S> taken = waiters.peekFirst() == myTurn ? tryTake(key, limits, nanoTime.getAsLong()) : null;
                if (taken != null) {
                    return taken;
                }
                long left = until - nanoTime.getAsLong();
                if (left <= 0) {
                    throw new NoFreeSession("no free session within "
                            + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start) + " ms: " + statusLocked()
                            + ", at most " + limits.maxOpen() + " at once");
                }
                myTurn.awaitNanos(left);
            }
        } finally {
            waiters.remove(myTurn);
            // Whoever is first now may be served: our leaving, or what we left over, may be its chance.
            signalNext();
        }
    }

    /** One attempt to take; {@code null} when the caller has to wait. */
    private Taken<S> tryTake(Object key, PoolLimits limits, long now) {
        for (Iterator<Slot<S>> it = idle.descendingIterator(); it.hasNext(); ) {
            Slot<S> slot = it.next();
            if (slot.mayServe(key, limits, now)) {
                it.remove();
                slot.leased(now);
                return new Taken<>(slot, true, null, null);
            }
        }
        if (slots.size() < limits.maxOpen()) {
            return new Taken<>(reserve(key), false, null, null);
        }
        Slot<S> oldest = idle.pollFirst();
        if (oldest == null) {
            return null;
        }
        // The cap is reached and what is idle cannot serve: its place can, once it is closed. Beyond the cap, which was
        // lowered meanwhile, the place is given up.
        oldest.changing();
        CloseReason reason = oldest.whyNot(limits, now);
        reason = reason == null ? oldest.dueReason(now) : reason;
        reason = reason == null ? CloseReason.MAKE_ROOM : reason;
        boolean surplus = slots.size() > limits.maxOpen();
        return new Taken<>(surplus ? null : reserveInsteadOf(key, oldest), false, oldest, reason);
    }

    private Slot<S> reserve(Object key) {
        Slot<S> slot = new Slot<>(key);
        slots.add(slot);
        return slot;
    }

    private Slot<S> reserveInsteadOf(Object key, Slot<S> old) {
        slots.remove(old);
        return reserve(key);
    }

    private <X extends Exception> Lease<S> open(
            Taken<S> taken, PoolLimits limits, SessionFactory<? extends S, X> factory) throws X {
        Slot<S> slot = taken.slot();
        boolean opened = false;
        try {
            if (taken.evicted() != null) {
                closer.close(taken.evicted().session(), taken.evicted().uses(), taken.evictedFor());
                noteClosed();
            }
            S session = factory.open();
            lock.lock();
            try {
                slot.opened(session, nanoTime.getAsLong());
                slot.generation(generation);
            } finally {
                lock.unlock();
            }
            opened = true;
            return new Lease<>(this, slot, limits, false);
        } finally {
            if (!opened) {
                freePlace(slot);
            }
        }
    }

    long ageNanos(Slot<S> slot) {
        return slot.age(nanoTime.getAsLong());
    }

    void giveBack(Slot<S> slot, PoolLimits limits) {
        CloseReason reason;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            reason = slot.generation() == generation ? slot.whyNot(limits, now) : CloseReason.SHUTDOWN;
            if (reason == null) {
                slot.idle(limits, now);
                idle.addLast(slot);
                signalNext();
            } else {
                slot.changing();
            }
        } finally {
            lock.unlock();
        }
        if (reason == null) {
            housekeeper.watch(this, nextDue());
        } else {
            close(slot, reason);
        }
    }

    void discard(Slot<S> slot, CloseReason reason) {
        lock.lock();
        try {
            slot.changing();
        } finally {
            lock.unlock();
        }
        close(slot, reason);
    }

    /** Closes the session of a slot that nobody else can reach any more, then frees its place. */
    private void close(Slot<S> slot, CloseReason reason) {
        try {
            closer.close(slot.session(), slot.uses(), reason);
        } finally {
            noteClosed();
            freePlace(slot);
        }
    }

    private void noteClosed() {
        lock.lock();
        try {
            anyClosed = true;
            lastClosedAt = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private void freePlace(Slot<S> slot) {
        lock.lock();
        try {
            slots.remove(slot);
            signalNext();
        } finally {
            lock.unlock();
        }
    }

    private void removeIdle(Slot<S> slot) {
        idle.remove(slot);
        slot.changing();
    }

    private void signalNext() {
        Condition next = waiters.peekFirst();
        if (next != null) {
            next.signal();
        }
    }

    private PoolStatus statusLocked() {
        int leased = 0;
        int changing = 0;
        for (Slot<S> slot : slots) {
            if (slot.state() == Slot.State.LEASED) {
                leased++;
            } else if (slot.state() == Slot.State.CHANGING) {
                changing++;
            }
        }
        return new PoolStatus(leased, idle.size(), changing, waiters.size());
    }

    /**
     * What a caller took: an idle session, or a place, perhaps one whose old session has to be closed first, or
     * ({@code slot} is {@code null}) only the duty to close a surplus session and come again.
     */
    private record Taken<S>(Slot<S> slot, boolean reused, Slot<S> evicted, CloseReason evictedFor) {}

    private record Due<S>(Slot<S> slot, CloseReason reason) {}
}
