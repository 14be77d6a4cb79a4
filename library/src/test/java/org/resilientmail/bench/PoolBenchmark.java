package org.resilientmail.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.resilientmail.pool.Housekeeper;
import org.resilientmail.pool.Lease;
import org.resilientmail.pool.PoolLimits;
import org.resilientmail.pool.SessionPool;

/**
 * What a crowd loses to the pool: 64 threads that share 4 sessions ({@code crowd}), beside 4 threads that have one each
 * ({@code alone}). A session is held for a round trip of so many microseconds. Run its {@code main} with the test class
 * path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class PoolBenchmark {

    private static final PoolLimits LIMITS =
            new PoolLimits(4, Integer.MAX_VALUE, Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(30));

    /** How long a session is held. */
    @Param({"1000", "10000"})
    public int micros;

    private final SessionPool<String> pool = new SessionPool<>(
            (session, uses, reason) -> {},
            new Housekeeper("benchmark", () -> {}, () -> {}),
            Runnable::run,
            System::nanoTime);

    private void roundTrip() {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        long left = end - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }

    /** As fast as four sessions can be. */
    @Benchmark
    @Threads(4)
    public void alone() {
        roundTrip();
    }

    /** Sixteen threads for each session. */
    @Benchmark
    @Threads(64)
    public void crowd() throws Exception {
        Lease<String> lease =
                pool.lease("key", LIMITS, System.nanoTime() + 30_000_000_000L, nanos -> {}, () -> "session");
        lease.countUse();
        roundTrip();
        lease.giveBack();
    }

    /**
     * Runs the benchmark.
     *
     * @param args not used
     * @throws RunnerException if it cannot be run
     */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(PoolBenchmark.class.getName()).build()).run();
    }
}
