package org.resilientmail.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The benchmark: one sink, one JVM for each contestant, all of them in turn in each scene. Run it with
 * {@code mvn -pl library -Pbenchmark verify -DskipTests}; {@link Plan} tells what it can be told.
 */
public final class Benchmark {

    /** With which each contestant warms up: on loopback, where most messages go in a second. */
    private static final Scene WARM_UP = new Scene(0, 1, 2048);

    private static final int ATTEMPTS = 3;

    private final Plan plan;
    private final PrintStream out;
    private final Path output;
    private final Map<Contender, ContestantProcess> contestants = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    Benchmark(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
        this.output = plan.output().toAbsolutePath();
    }

    /** Runs it, as the system properties tell. */
    public static void main(String[] args) throws IOException {
        Plan plan = null;
        try {
            plan = Plan.of(System.getProperties());
        } catch (IllegalArgumentException mistake) {
            System.err.println(mistake.getMessage());
            System.exit(2);
        }
        Benchmark benchmark = new Benchmark(plan, System.out);
        List<Measured> results = benchmark.run();
        if (!results.isEmpty()) {
            Chart.write(results, plan.output().resolve("benchmark.svg"));
            Files.write(plan.output().resolve("benchmark.md"), Table.lines(results));
        }
        System.exit(benchmark.failures.isEmpty() ? 0 : 1); // the threads of the sink
    }

    /**
     * Runs it.
     *
     * @return what was measured, which is also in {@code benchmark.tsv}
     */
    List<Measured> run() throws IOException {
        Files.createDirectories(output);
        Trust trust = Trust.in(output);
        List<Measured> results = new ArrayList<>();
        try (Sink sink = new Sink()) {
            for (Contender contender : plan.contenders()) {
                Files.deleteIfExists(log(contender));
                begin(contender, trust, sink);
            }
            out.println(Measured.header());
            for (Scene scene : plan.scenes()) {
                results.addAll(play(scene, sink, trust));
            }
        } finally {
            for (ContestantProcess contestant : contestants.values()) {
                contestant.close();
            }
            Files.delete(trust.file());
        }
        List<String> lines = new ArrayList<>(List.of(Measured.header()));
        results.forEach(result -> lines.add(result.row()));
        Files.write(output.resolve("benchmark.tsv"), lines);
        List<String> ratios = Ratios.lines(results);
        Files.write(output.resolve("benchmark-ratios.tsv"), ratios);
        ratios.forEach(out::println);
        failures.forEach(out::println);
        return results;
    }

    /** {@return what could not be measured, and why} */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private Path log(Contender contender) {
        return output.resolve("benchmark-" + contender.id() + ".log");
    }

    private void begin(Contender contender, Trust trust, Sink sink) throws IOException {
        ContestantProcess contestant = new ContestantProcess(contender, trust, plan, log(contender));
        contestants.put(contender, contestant);
        contestant.warmUp(sink, WARM_UP, plan.warmUp());
    }

    private List<Measured> play(Scene scene, Sink sink, Trust trust) throws IOException {
        List<Measured> results = new ArrayList<>();
        try (DelayLine line = new DelayLine(sink.port(), scene.delayMillis())) {
            int port = scene.delayMillis() == 0 ? sink.port() : line.port();
            for (Contender contender : contestants.keySet().stream()
                    .filter(one -> one.plays(scene))
                    .toList()) {
                try {
                    results.add(patiently(contender, scene, port, sink, trust));
                } catch (IOException broken) {
                    // Half an hour of all the others is worth more than this one.
                    failures.add("not measured: " + contender.id() + ", " + scene + ": " + broken.getMessage());
                    beginAnew(contender, trust, sink);
                }
            }
        }
        return results;
    }

    /** Vert.x sometimes misses a greeting when it opens many connections at once, and waits for it for ever. */
    private Measured patiently(Contender contender, Scene scene, int port, Sink sink, Trust trust) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Measured result = measured(contender, scene, port, sink, trust);
                out.println(result.row());
                return result;
            } catch (ContestantProcess.Gone gone) {
                if (attempt == ATTEMPTS) {
                    throw gone;
                }
                out.println("# again, in another JVM: " + contender.id() + ", " + scene + ": " + gone.getMessage());
                beginAnew(contender, trust, sink);
            }
        }
    }

    private void beginAnew(Contender contender, Trust trust, Sink sink) throws IOException {
        contestants.get(contender).close();
        begin(contender, trust, sink);
    }

    private Measured measured(Contender contender, Scene scene, int port, Sink sink, Trust trust) throws IOException {
        Measured result = contestants.get(contender).run(sink, port, scene, plan.length());
        if (!plan.leastHeap()) {
            return result;
        }
        Path log = output.resolve("benchmark-" + contender.id() + "-heap.log");
        return result.withLeastHeap(LeastHeap.find(contender, scene, trust, plan, sink, log));
    }
}
