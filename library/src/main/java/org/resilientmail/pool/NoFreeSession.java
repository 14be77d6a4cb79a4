package org.resilientmail.pool;

import java.util.concurrent.TimeUnit;

/** No session became free in time. The message carries the pool's numbers. */
public final class NoFreeSession extends Exception {

    private static final long serialVersionUID = 1L;

    NoFreeSession(long waitedNanos, PoolStatus status, int maxOpen) {
        super(
                "no free session within " + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + " ms: " + status + ", at most "
                        + maxOpen + " at once",
                null,
                false,
                false);
    }
}
