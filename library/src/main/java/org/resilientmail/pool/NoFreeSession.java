package org.resilientmail.pool;

/** No session became free in time. The message carries the pool's numbers. */
public final class NoFreeSession extends Exception {

    private static final long serialVersionUID = 1L;

    NoFreeSession(String message) {
        super(message, null, false, false);
    }
}
