package org.resilientmail.matrix;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Ends calls that do not end by themselves, so that one of them cannot stop the whole matrix. Thread-safe. */
final class Watchdog implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "matrix-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches the calling thread from now on; when the time is over, has it interrupted and the connection broken. */
    Watch watch(Duration atMost, Runnable breakOff) {
        return new Watch(Thread.currentThread(), atMost, breakOff);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One call under watch. */
    final class Watch implements AutoCloseable {

        private final AtomicReference<String> foundAt = new AtomicReference<>();
        private final ScheduledFuture<?> end;

        private Watch(Thread caller, Duration atMost, Runnable breakOff) {
            end = timer.schedule(
                    () -> {
                        foundAt.set(Arrays.stream(caller.getStackTrace())
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining()));
                        caller.interrupt();
                        breakOff.run();
                    },
                    atMost.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        /** Where the call was when its time was over; empty if it ended before. */
        Optional<String> foundAt() {
            return Optional.ofNullable(foundAt.get());
        }

        @Override
        public void close() {
            end.cancel(false);
        }
    }
}
