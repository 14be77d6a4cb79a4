package org.resilientmail.pool;

/**
 * A place in the pool and the session in it. Guarded by the pool's lock, but for the use count, which belongs to the
 * lease holder while leased and is published to others by that lock.
 */
final class Slot<S> {

    /** The states of a place; every transition happens in {@link Slots}, under the pool's lock. */
    enum State {
        /** Reserved; the session is being opened, or one before it is being closed to make room. */
        CHANGING,
        /** The session waits to be used. */
        IDLE,
        /** One caller uses the session. */
        LEASED
    }

    private final Object key;
    private State state = State.CHANGING;
    private S session;
    private long openedAt;
    private long idleSince;
    private long idleNanosAtLease;
    private int uses;
    private final long generation;
    private long maxLifetimeNanos = Long.MAX_VALUE;
    private long maxIdleNanos = Long.MAX_VALUE;
    private final Pace pace = new Pace();
    /** Whether it will soon be used up, if it is used as it was. */
    private boolean ending;
    /** Whether it was opened, or is being, before anybody needed it, and was not leased since. */
    private boolean spare;

    private long readyBy;

    /** A place; {@code generation} tells which shut-downs its session will not have lived through. */
    Slot(Object key, long generation) {
        this.key = key;
        this.generation = generation;
    }

    Object key() {
        return key;
    }

    State state() {
        return state;
    }

    S session() {
        return session;
    }

    int uses() {
        return uses;
    }

    long idleNanosAtLease() {
        return idleNanosAtLease;
    }

    void countUse() {
        uses++;
    }

    long generation() {
        return generation;
    }

    Pace pace() {
        return pace;
    }

    void ending(boolean soon) {
        ending = soon;
    }

    boolean isEnding() {
        return ending;
    }

    /** Makes this the place of a session that takes the other one's place later, and says when it ought to be ready. */
    void succeeds(Slot<S> old, long ready) {
        pace.inherit(old.pace);
        spare = true;
        readyBy = ready;
    }

    boolean isSpare() {
        return spare;
    }

    /** Whether a session is just being opened that nobody waits for. */
    boolean isComing() {
        return spare && session == null;
    }

    long readyBy() {
        return readyBy;
    }

    void opened(S opened, long begun) {
        session = opened;
        openedAt = begun;
        state = State.LEASED;
    }

    void idle(PoolLimits limits, long now) {
        maxLifetimeNanos = limits.maxLifetime().toNanos();
        maxIdleNanos = limits.maxIdle().toNanos();
        idleSince = now;
        state = State.IDLE;
    }

    void leased(long now) {
        idleNanosAtLease = Math.max(0, now - idleSince);
        spare = false;
        state = State.LEASED;
    }

    void changing() {
        state = State.CHANGING;
    }

    long age(long now) {
        return now - openedAt;
    }

    /** How long the session has been idle. */
    long idleFor(long now) {
        return now - idleSince;
    }

    /** Whether a caller with these limits may use the session now. */
    boolean mayServe(Object wanted, PoolLimits limits, long now) {
        return key.equals(wanted) && whyNot(limits, now) == null && dueReason(now) == null;
    }

    /** Why a caller with these limits may not use the session, or {@code null} when it may. */
    CloseReason whyNot(PoolLimits limits, long now) {
        if (uses >= limits.maxUses()) {
            return CloseReason.MAX_USES;
        }
        if (now - openedAt >= limits.maxLifetime().toNanos()) {
            return CloseReason.MAX_LIFETIME;
        }
        return null;
    }

    /** Why an idle session has to be closed now by the limits of the caller who gave it back, or {@code null}. */
    CloseReason dueReason(long now) {
        if (now - openedAt >= maxLifetimeNanos) {
            return CloseReason.MAX_LIFETIME;
        }
        if (now - idleSince >= maxIdleNanos) {
            return CloseReason.MAX_IDLE;
        }
        return null;
    }

    /** Nanoseconds until {@link #dueReason} changes; 0 when it is due. */
    long dueIn(long now) {
        long life = maxLifetimeNanos - (now - openedAt);
        long idle = maxIdleNanos - (now - idleSince);
        return Math.max(0, Math.min(life, idle));
    }
}
