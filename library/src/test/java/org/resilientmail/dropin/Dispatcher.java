package org.resilientmail.dropin;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * For {@code mail.event.executor}: runs the dispatcher of a transport's events, which ends with the event of the closing,
 * so that a test knows when the last event is delivered.
 */
final class Dispatcher implements Executor {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public void execute(Runnable task) {
        if (!threads.isEmpty()) {
            finish(threads.get(threads.size() - 1)); // or two of them would deliver in no order
        }
        Thread thread = new Thread(task, "event-dispatcher-of-a-test");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        // Jakarta Mail loses events when the transport closes before this thread has found its queue.
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void finish(Thread before) {
        try {
            before.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of all dispatching; stops it when the time is over, and says whether it ended by itself. */
    boolean await(Duration atMost) throws InterruptedException {
        boolean ended = true;
        for (Thread thread : threads) {
            thread.join(atMost.toMillis());
            ended &= !thread.isAlive();
            thread.interrupt();
        }
        return ended;
    }
}
