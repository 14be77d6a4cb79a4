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

    private Benchmark() {}

    /** Runs it, as the system properties tell. */
    public static void main(String[] args) throws IOException {
        Plan plan = Plan.of(System.getProperties());
        List<Measured> results = run(plan, System.out);
        Chart.write(results, plan.output().resolve("benchmark.svg"));
        Files.write(plan.output().resolve("benchmark.md"), Table.lines(results));
        System.exit(0); // the threads of the sink
    }

    /** {@return what was measured, which is also in {@code benchmark.tsv}} */
    static List<Measured> run(Plan plan, PrintStream out) throws IOException {
        Path output = plan.output().toAbsolutePath();
        Files.createDirectories(output);
        Trust trust = Trust.in(output);
        Map<Contender, ContestantProcess> contestants = new LinkedHashMap<>();
        List<Measured> results = new ArrayList<>();
        try (Sink sink = new Sink()) {
            for (Contender contender : plan.contenders()) {
                ContestantProcess contestant = new ContestantProcess(
                        contender, trust, plan, output.resolve("benchmark-" + contender.id() + ".log"));
                contestants.put(contender, contestant);
                contestant.warmUp(sink, WARM_UP, plan.warmUp());
            }
            out.println(Measured.header());
            for (Scene scene : plan.scenes()) {
                results.addAll(play(scene, contestants, sink, plan, trust, out));
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
        return results;
    }

    private static List<Measured> play(
            Scene scene,
            Map<Contender, ContestantProcess> contestants,
            Sink sink,
            Plan plan,
            Trust trust,
            PrintStream out)
            throws IOException {
        List<Measured> results = new ArrayList<>();
        try (DelayLine line = new DelayLine(sink.port(), scene.delayMillis())) {
            int port = scene.delayMillis() == 0 ? sink.port() : line.port();
            for (Contender contender : contestants.keySet().stream()
                    .filter(one -> one.plays(scene))
                    .toList()) {
                Measured result = contestants.get(contender).run(sink, port, scene, plan.length());
                if (plan.leastHeap()) {
                    Path log = plan.output().resolve("benchmark-" + contender.id() + "-heap.log");
                    result = result.withLeastHeap(LeastHeap.find(contender, scene, trust, plan, sink, log));
                }
                out.println(result.row());
                results.add(result);
            }
        }
        return results;
    }
}
