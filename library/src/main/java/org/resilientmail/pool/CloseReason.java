package org.resilientmail.pool;

/** Why a session is closed. */
public enum CloseReason {
    /** It was used as often as allowed. */
    MAX_USES,
    /** It is as old as allowed. */
    MAX_LIFETIME,
    /** It stood idle as long as allowed. */
    MAX_IDLE,
    /** Who opened it to see whether it can be opened is through, and nobody used it. */
    UNUSED,
    /** Its place was needed for a session of another kind. */
    MAKE_ROOM,
    /** The peer asked for another one, but this one still works. */
    REPLACED,
    /** The conversation on it failed. */
    FAILURE,
    /** It was found dead when it was to be used again. */
    STALE,
    /** The pool was shut down. */
    SHUTDOWN;

    /** {@return whether the session has served its time, as they all do} */
    public boolean isRotation() {
        return this == MAX_USES || this == MAX_LIFETIME;
    }

    /** {@return whether the peer can still be spoken to, so that a goodbye makes sense} */
    public boolean isOrderly() {
        return this != FAILURE && this != STALE;
    }
}
