package org.resilientmail.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Callers in the order in which they came; only the first is served, and only it is woken. Guarded by the lock it is
 * made with.
 */
final class WaitingLine {

    private final ReentrantLock lock;
    private final Deque<Condition> callers = new ArrayDeque<>();

    WaitingLine(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Joins at the end; what is returned stands for the caller. */
    Condition join() {
        Condition caller = lock.newCondition();
        callers.addLast(caller);
        return caller;
    }

    /** Whether it is this caller's turn. */
    boolean isNext(Condition caller) {
        return callers.peekFirst() == caller;
    }

    /** Leaves, served or not, and wakes whoever is first then: a wake-up this caller did not use must not be lost. */
    void leave(Condition caller) {
        callers.remove(caller);
        callNext();
    }

    /** Wakes the first, because something may have become free. */
    void callNext() {
        Condition next = callers.peekFirst();
        if (next != null) {
            next.signal();
        }
    }

    int length() {
        return callers.size();
    }
}
