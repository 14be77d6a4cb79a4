package org.resilientmail.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Threads of a test, each with one call, whose end and result can be asked for. For use by one thread. */
public final class Callers implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();

    /**
     * One call on a thread of its own.
     *
     * @param <T> what it returns
     * @param thread the thread, which may be interrupted
     * @param result the call
     */
    public record Call<T>(Thread thread, FutureTask<T> result) {

        /** What the call returned; fails the test with what it threw, or when it does not end. */
        public T get() {
            try {
                return result.get(Monitor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("the call failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError("the call of " + thread.getName() + " does not end\n" + allThreads(), e);
            }
        }

        /** Whether the call is over, whatever became of it. */
        public boolean isDone() {
            return result.isDone();
        }
    }

    private static String allThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getKey().getState()
                        + Arrays.stream(entry.getValue())
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    /** Starts a call. */
    public <T> Call<T> start(Callable<T> what) {
        FutureTask<T> task = new FutureTask<>(what);
        Thread thread = new Thread(task, "test-caller-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return new Call<>(thread, task);
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
