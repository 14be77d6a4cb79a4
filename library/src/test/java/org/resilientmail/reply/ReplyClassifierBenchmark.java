package org.resilientmail.reply;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Time and allocation of reading and classifying one reply: linear in its length up to 4 KiB and flat beyond
 * ({@code length}), and flat in the number of rules that cannot match ({@code moreRules}). Run its {@code main} with
 * the test class path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplyClassifierBenchmark {

    /** Rules that are added and cannot match. */
    @Param({"0", "1000", "10000"})
    public int moreRules;

    /** Characters of the reply. */
    @Param({"100", "1000", "4000", "100000"})
    public int length;

    private ReplyClassifier classifier;
    private String raw;

    /** Builds the classifier and the reply. */
    @Setup
    public void prepare() {
        List<String> rules = IntStream.range(0, moreRules)
                .mapToObj(i -> "own." + i + " | * | * | * | impossible words " + i + " | UNKNOWN | - | - | -")
                .toList();
        classifier = ReplyClassifier.withUserRules("benchmark", rules);
        String sentence =
                "550 5.1.1 <somebody@example.com>: Recipient address rejected: User unknown in virtual table ";
        raw = Stream.generate(() -> "and so on, until the line is long enough for everybody ")
                .limit(length / 50 + 1)
                .reduce(sentence, String::concat)
                .substring(0, length);
    }

    /** {@return what the reply means} */
    @Benchmark
    public Classification readAndClassify() {
        return classifier.classify(SmtpPhase.RCPT, SmtpReply.parse(raw));
    }

    /**
     * Runs the benchmark with the allocation per call.
     *
     * @param args not used
     * @throws RunnerException if it cannot be run
     */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ReplyClassifierBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
