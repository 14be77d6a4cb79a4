package org.resilientmail.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a session that has served its time behind the back of the sender who used it last. Its end is told when it is
 * closed and the sender has told what came before, by whichever of the two is later.
 */
final class Farewell<S> implements Runnable {

    private final SessionPool<S> pool;
    private final Ending<S> ending;
    private final AtomicBoolean halfDone = new AtomicBoolean();

    Farewell(SessionPool<S> pool, Ending<S> ending) {
        this.pool = pool;
        this.ending = ending;
    }

    /** Begins the closing, and runs what was put off until the lease is over. */
    void begin(Executor background, Lease<S> over) {
        try {
            background.execute(this);
        } catch (RejectedExecutionException | SecurityException | OutOfMemoryError noThread) {
            run();
        }
        over.runAfterwards();
        oneIsDone();
    }

    @Override
    public void run() {
        pool.closeAndFree(ending);
        oneIsDone();
    }

    private void oneIsDone() {
        if (halfDone.getAndSet(true)) {
            pool.tell(ending);
        }
    }
}
