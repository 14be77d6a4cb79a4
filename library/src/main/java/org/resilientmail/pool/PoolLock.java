package org.resilientmail.pool;

import java.util.concurrent.locks.ReentrantLock;

/** The lock of a pool, held for as long as a {@code try} lasts. */
final class PoolLock extends ReentrantLock implements AutoCloseable {

    private static final long serialVersionUID = 1L;

    /** {@return itself, held} */
    PoolLock held() {
        lock();
        return this;
    }

    /** Lets go. */
    @Override
    public void close() {
        unlock();
    }
}
