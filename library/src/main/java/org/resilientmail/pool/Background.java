package org.resilientmail.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for what no sender is to wait for: as many as sessions are being opened ahead of time or closed, which
 * the caps bound, and none when there is nothing to do. One that hangs at a relay holds up nothing else. Thread-safe.
 */
public final class Background implements Executor, ThreadFactory {

    /** A session that is closed is often followed by one that is opened. */
    private static final int KEEP_MILLIS = 250;

    private final String threadName;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEEP_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), this);

    /**
     * Starts nothing yet.
     *
     * @param threadName the name of its threads
     */
    public Background(String threadName) {
        this.threadName = threadName;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** A thread that holds on to nothing of the caller's: no class loader, no inherited variables. */
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, threadName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Background.class.getClassLoader());
        return thread;
    }
}
