package org.resilientmail.agent;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs an application in a JVM of its own, with or without the agent, to its end. */
public final class AppJvm {

    /** The jar under test. */
    public static final Path AGENT = Path.of(System.getProperty("agent.jar"));

    private static final Path WORK = Path.of(System.getProperty("agent.work"));

    /** How it ended. */
    record Ended(int status, List<String> out, List<String> err) {}

    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** With the agent, and its argument if it is not empty. */
    AppJvm agent(String argument) {
        return agent(AGENT, argument);
    }

    AppJvm agent(Path jar, String argument) {
        return option("-javaagent:" + jar + (argument.isEmpty() ? "" : "=" + argument));
    }

    /** With an option of the JVM. */
    AppJvm option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    AppJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The beginning of a command line, without {@code java} and its options. */
    record Line(String... words) {
        String[] with(String last) {
            return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
        }
    }

    /** What happens while an application waits. */
    interface Meanwhile {
        void happen(String pid) throws Exception;
    }

    /**
     * Runs an application that says its process id and waits for a word, and attaches the agent in between.
     *
     * @param config the agent's argument, or {@code null}
     */
    Ended runAttached(String config, String... arguments) throws Exception {
        return runWaiting(
                pid -> {
                    VirtualMachine machine = VirtualMachine.attach(pid);
                    try {
                        machine.loadAgent(AGENT.toString(), config);
                        machine.loadAgent(AGENT.toString(), config); // once more: nothing happens
                    } finally {
                        machine.detach();
                    }
                },
                arguments);
    }

    /** Runs an application that says its process id and waits for a word, which it gets when something has happened. */
    Ended runWaiting(Meanwhile meanwhile, String... arguments) throws Exception {
        Files.createDirectories(WORK);
        Path err = Files.createTempFile(WORK, "err", ".txt");
        Process process = new ProcessBuilder(command(arguments))
                .directory(WORK.toFile())
                .redirectError(err.toFile())
                .start();
        List<String> out = new ArrayList<>();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String pid = Long.toString(process.pid());
            for (String line = said.readLine(); line != null && !line.equals(pid); line = said.readLine()) {
                out.add(line);
            }
            meanwhile.happen(pid);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            said.lines().forEach(out::add);
            return new Ended(process.waitFor(), out, lines(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs it; {@code arguments} are main class and what it is given. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(command(arguments));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // short lives: optimizing compilers only cost
        command.addAll(options);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command line of another program of the JDK. */
    Ended run(List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        Path out = Files.createTempFile(WORK, "out", ".txt");
        Path err = Files.createTempFile(WORK, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after 180 s: " + Files.readString(out) + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), lines(out), lines(err));
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return lines;
    }
}
