package org.resilientmail.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends by so many threads for so long. What it measures is of this JVM; the sink is in another one. */
final class Performance {

    /** Sent by each thread before the clock starts: connections are open then. */
    private static final int BEFOREHAND = 2;

    private final Peer peer;
    private final int threads;
    private final Length length;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch measured = new CountDownLatch(1);
    private final CountDownLatch sent;

    private Performance(Peer peer, int threads, Length length) {
        this.peer = peer;
        this.threads = threads;
        this.length = length;
        this.ready = new CountDownLatch(threads);
        this.sent = new CountDownLatch(threads);
    }

    /**
     * How long a thread sends.
     *
     * @param time at least, and no longer unless there are messages to be sent
     * @param messages at least
     */
    record Length(Duration time, long messages) {}

    /** What is told of one: messages, nanoseconds, nanoseconds of CPU, those of Java threads, octets allocated, most octets in the heap. */
    record Result(long messages, long nanos, long cpuNanos, long threadsNanos, long allocated, long peakHeap) {

        static Result of(String line) {
            String[] parts = line.split(" ");
            return new Result(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
        }

        String line() {
            return messages + " " + nanos + " " + cpuNanos + " " + threadsNanos + " " + allocated + " " + peakHeap;
        }
    }

    /**
     * Runs it.
     *
     * @param length when a thread stops
     * @param whenReady called when all threads are connected, before the clock starts
     */
    static Result run(Peer peer, int threads, Length length, Runnable whenReady) throws Exception {
        return new Performance(peer, threads, length).run(whenReady);
    }

    private Result run(Runnable whenReady) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(workers.submit(this::work));
            }
            ready.await();
            whenReady.run();
            Meter meter = Meter.start();
            long begin = System.nanoTime();
            go.countDown();
            sent.await();
            long nanos = System.nanoTime() - begin;
            long cpu = meter.cpuNanos();
            long threadsCpu = meter.threadsNanos();
            long allocated = meter.allocated();
            long peak = meter.peakHeap();
            measured.countDown();
            return new Result(sum(counts), nanos, cpu, threadsCpu, allocated, peak);
        } finally {
            workers.shutdownNow();
        }
    }

    private static long sum(List<Future<Long>> counts) throws InterruptedException, ExecutionException {
        long sum = 0;
        for (Future<Long> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    /** Stays alive until all is measured: what an ended thread has allocated nobody can tell. */
    private long work() throws Exception {
        long count = 0;
        try {
            Peer.Sender sender = peer.sender();
            for (int i = 0; i < BEFOREHAND; i++) {
                sender.send();
            }
            ready.countDown();
            go.await();
            long end = System.nanoTime() + length.time().toNanos();
            while (count < length.messages() || System.nanoTime() - end < 0) {
                sender.send();
                count++;
            }
        } finally {
            ready.countDown();
            sent.countDown();
        }
        measured.await();
        return count;
    }
}
