package org.resilientmail.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs a class of JMH benchmarks. */
final class Jmh {

    private Jmh() {}

    /** With the allocation per call. */
    static void runWithAllocation(Class<?> benchmarks) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(benchmarks.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
