package org.resilientmail.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.resilientmail.config.RateSettings;
import org.resilientmail.config.RateWindow;

/**
 * The rates of one account: all windows have to agree, and then all are charged together. First come, first served.
 * Thread-safe; shared by every Session and thread that sends for the account.
 */
public final class RateGate {

    private final SlidingWindow[] messages;
    private final SlidingWindow[] recipients;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    /** Callers who wait, the next one first: so a large request is not starved by small ones. */
    private final Deque<Condition> line = new ArrayDeque<>();

    /**
     * Makes a gate.
     *
     * @param settings the windows; how long to wait is each caller's own affair
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    public RateGate(RateSettings settings, LongSupplier nanoTime) {
        this.messages = windows("messages", settings.messages(), nanoTime);
        this.recipients = windows("recipients", settings.recipients(), nanoTime);
        this.nanoTime = nanoTime;
    }

    private static SlidingWindow[] windows(String name, List<RateWindow> windows, LongSupplier nanoTime) {
        SlidingWindow[] made = new SlidingWindow[windows.size()];
        for (int i = 0; i < made.length; i++) {
            RateWindow w = windows.get(i);
            made[i] = new SlidingWindow(name + " " + w, w.permits(), w.period(), nanoTime);
        }
        return made;
    }

    /** {@return whether there is nothing to keep} */
    public boolean isOpen() {
        return messages.length == 0 && recipients.length == 0;
    }

    /**
     * Checks, before anything is sent, that a whole message can go out within a time as far as the windows go.
     *
     * @param envelopes the envelopes it takes
     * @param recipientCount the recipients of all envelopes
     * @param largest the recipients of the largest envelope
     * @param budget the time there is
     * @throws RateRefused if it cannot
     */
    public void check(int envelopes, int recipientCount, int largest, Duration budget) throws RateRefused {
        for (SlidingWindow window : messages) {
            check(window, envelopes, 1, "messages", budget);
        }
        for (SlidingWindow window : recipients) {
            check(window, recipientCount, largest, "recipients", budget);
        }
    }

    private static void check(SlidingWindow window, int total, int atOnce, String what, Duration budget)
            throws RateRefused {
        if (atOnce > window.limit()) {
            throw new RateRefused(
                    atOnce + " " + what + " at once are more than the configured rate " + window.getName()
                            + " ever allows; allowed: up to " + window.limit(),
                    null);
        }
        long periods = (total - 1L) / window.limit();
        if (periods > 0 && window.period().multipliedBy(periods).compareTo(budget) > 0) {
            throw new RateRefused(
                    total + " " + what + " need more than " + budget.toSeconds() + " s at the configured rate "
                            + window.getName() + "; allowed: up to "
                            + window.limit()
                                    * (1 + budget.toNanos() / window.period().toNanos())
                            + " in one call, or a longer retry.deadline",
                    null);
        }
    }

    /**
     * Takes permits for one envelope, waiting for them if need be.
     *
     * @param recipientCount the envelope's recipients
     * @param maxWait the longest wait
     * @param deadline do not wait beyond this {@code nanoTime} either
     * @param onWait told how long the wait will be as far as is known, before it begins; called without a lock held
     * @return the permits
     * @throws RateRefused if they cannot be had in time; at once, where that is known at once
     * @throws InterruptedException if interrupted while waiting
     */
    public Permit acquire(int recipientCount, Duration maxWait, long deadline, Consumer<Duration> onWait)
            throws RateRefused, InterruptedException {
        if (isOpen()) {
            return new Permit(0, 0);
        }
        check(1, recipientCount, recipientCount, Duration.ZERO);
        long start = nanoTime.getAsLong();
        long until = start + Math.min(maxWait.toNanos(), Math.max(0, deadline - start));
        lock.lock();
        try {
            return line.isEmpty() && nanosUntil(recipientCount) == 0
                    ? take(recipientCount)
                    : acquireInLine(recipientCount, maxWait, until, onWait);
        } finally {
            lock.unlock();
        }
    }

    private Permit acquireInLine(int recipientCount, Duration maxWait, long until, Consumer<Duration> onWait)
            throws RateRefused, InterruptedException {
        Condition myTurn = lock.newCondition();
        line.addLast(myTurn);
        try {
            boolean told = false;
            while (true) {
                boolean next = line.peekFirst() == myTurn;
                long wait = next ? nanosUntil(recipientCount) : Long.MAX_VALUE;
                if (wait == 0) {
                    return take(recipientCount);
                }
                long left = until - nanoTime.getAsLong();
                boolean known = wait != Long.MAX_VALUE;
                if (left <= 0 || known && wait > left) {
                    throw new RateRefused(
                            "the configured rates " + this + " are used up"
                                    + (next ? "" : ", and others wait for them"),
                            known ? Duration.ofNanos(wait) : maxWait);
                }
                if (told) {
                    myTurn.awaitNanos(Math.min(wait, left));
                } else {
                    told = true;
                    tell(onWait, Math.min(wait, left));
                }
            }
        } finally {
            line.remove(myTurn);
            callNext(); // a wake-up we did not use must not be lost, and what we left over may do for the next
        }
    }

    private Permit take(int recipientCount) {
        for (SlidingWindow window : messages) {
            window.take(1);
        }
        for (SlidingWindow window : recipients) {
            window.take(recipientCount);
        }
        return new Permit(1, recipientCount);
    }

    /** Tells without the lock, but without leaving the line. */
    private void tell(Consumer<Duration> onWait, long nanos) {
        lock.unlock();
        try {
            onWait.accept(Duration.ofNanos(nanos));
        } finally {
            lock.lock();
        }
    }

    private void callNext() {
        Condition next = line.peekFirst();
        if (next != null) {
            next.signal();
        }
    }

    /** {@return permits that could be had now, by window, such as {@code messages 20/1s}} */
    public Map<String, Integer> left() {
        Map<String, Integer> left = new LinkedHashMap<>();
        for (SlidingWindow window : messages) {
            left.put(window.getName(), Math.max(0, window.getMetrics().getAvailablePermissions()));
        }
        for (SlidingWindow window : recipients) {
            left.put(window.getName(), Math.max(0, window.getMetrics().getAvailablePermissions()));
        }
        return left;
    }

    /** How many callers stand in line. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntil(int recipientCount) {
        long wait = 0;
        for (SlidingWindow window : messages) {
            wait = Math.max(wait, window.nanosUntil(1));
        }
        for (SlidingWindow window : recipients) {
            wait = Math.max(wait, window.nanosUntil(recipientCount));
        }
        return wait;
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (SlidingWindow window : messages) {
            names.add(window.getName());
        }
        for (SlidingWindow window : recipients) {
            names.add(window.getName());
        }
        return String.join(", ", names);
    }

    /**
     * Permits for one envelope. Exactly one of {@link #used()} and {@link #unused()} takes effect, so that a
     * {@code finally} may call again.
     */
    public final class Permit {

        private final int messagePermits;
        private final int recipientPermits;
        private boolean ended;

        private Permit(int messagePermits, int recipientPermits) {
            this.messagePermits = messagePermits;
            this.recipientPermits = recipientPermits;
            this.ended = messagePermits == 0;
        }

        /** The relay has seen the envelope, or may have: the permits come back a period from now. */
        public void used() {
            end(true);
        }

        /** The relay has seen nothing: the permits come back now. */
        public void unused() {
            end(false);
        }

        private void end(boolean used) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                for (SlidingWindow window : messages) {
                    end(window, messagePermits, used);
                }
                for (SlidingWindow window : recipients) {
                    end(window, recipientPermits, used);
                }
                callNext();
            } finally {
                lock.unlock();
            }
        }

        private static void end(SlidingWindow window, int permits, boolean used) {
            if (used) {
                window.settle(permits);
            } else {
                window.giveBack(permits);
            }
        }
    }
}
