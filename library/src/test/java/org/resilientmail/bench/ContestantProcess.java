package org.resilientmail.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A contestant's JVM, seen from the benchmark. Not thread-safe. */
final class ContestantProcess implements Closeable {

    private final Contender contender;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    /**
     * Starts one.
     *
     * @param trusted where the sink's certificate is kept
     * @param plan tells the agent's jar, which is needed by a contestant that is carried by it
     */
    ContestantProcess(Contender contender, Trust trusted, Plan plan, Path log) throws IOException {
        this(contender, trusted, plan, List.of("-Xms64m", "-Xmx512m"), log);
    }

    /**
     * Starts one.
     *
     * @param heap the arguments that tell how large its heap is
     */
    ContestantProcess(Contender contender, Trust trusted, Plan plan, List<String> heap, Path log) throws IOException {
        this.contender = contender;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(heap);
        command.addAll(plan.jvm());
        command.addAll(trusted.jvmArguments());
        if (contender.isByAgent()) {
            command.add("-javaagent:" + plan.agent());
        }
        if (contender == Contender.AGENT_ONE_FLIGHT) {
            command.add("-Dmail.resilient.chunking=one-flight");
        }
        command.addAll(List.of("-cp", classPath(contender), Contestant.class.getName(), contender.id()));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The program that the agent carries knows nothing of the library. */
    private static String classPath(Contender contender) {
        String separator = File.pathSeparator;
        return Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> !contender.isByAgent() || !entry.endsWith(Path.of("target", "classes") + ""))
                .collect(Collectors.joining(separator));
    }

    /** Warms the contestant up; nothing is measured. */
    void warmUp(Sink sink, Scene scene, Performance.Length length) throws IOException {
        run(sink, sink.port(), scene, length);
    }

    /** Has it play a scene, on a port that leads to the sink. */
    Measured run(Sink sink, int port, Scene scene, Performance.Length length) throws IOException {
        say("run " + port + " " + scene.word() + " " + length.time().toMillis() + " " + length.messages());
        hear("ready");
        long roundTrips = sink.roundTrips();
        long messages = sink.messages();
        say("go");
        Performance.Result result = Performance.Result.of(hear(""));
        long taken = sink.messages() - messages;
        double trips = sink.roundTrips() - roundTrips;
        hear("closed");
        if (taken != result.messages()) {
            throw new IOException(
                    contender.id() + " sent " + result.messages() + " messages, and the sink took " + taken);
        }
        double each = Math.max(1, taken);
        return new Measured(
                contender,
                scene,
                taken,
                result.nanos() / 1e9,
                result.cpuNanos() / 1e3 / each,
                result.threadsNanos() / 1e3 / each,
                result.allocated() / each,
                result.peakHeap(),
                trips / each,
                OptionalInt.empty());
    }

    /** It ended before it was told to. */
    static final class Gone extends IOException {

        private static final long serialVersionUID = 1;

        Gone(String message, IOException cause) {
            super(message, cause);
        }
    }

    private void say(String line) throws IOException {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new Gone(contender.id() + " is gone; its log tells why", e);
        }
    }

    private String hear(String expected) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(Contestant.MARK)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new Gone(contender.id() + " is gone; its log tells why", null);
        }
        if (!expected.isEmpty() && !line.equals(Contestant.MARK + expected)) {
            throw new IOException(contender.id() + " said " + line + "; its log tells why");
        }
        return line.substring(Contestant.MARK.length());
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } catch (IOException gone) {
            // it has ended by itself: nothing to be told
        } finally {
            process.destroy();
        }
    }
}
