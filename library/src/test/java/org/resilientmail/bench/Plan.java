package org.resilientmail.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * What a run does.
 *
 * @param leastHeap whether to look for the heap that is enough in each scene
 * @param agent the agent's jar, or {@code null}: those that are carried by it take no part then
 * @param jvm further arguments of the contestants' JVMs, to look into them
 * @param output where results go
 */
record Plan(
        List<Contender> contenders,
        List<Scene> scenes,
        boolean leastHeap,
        Performance.Length warmUp,
        Performance.Length length,
        Path agent,
        List<String> jvm,
        Path output) {

    private static final String LARGE = Integer.toString(25 << 20);

    /**
     * Reads {@code bench.quick}, {@code bench.peers}, {@code bench.delays}, {@code bench.threads}, {@code bench.sizes}, {@code bench.contents}, {@code bench.large},
     * {@code bench.warmup} and {@code bench.seconds} (seconds), {@code bench.least} (messages to warm up with), {@code bench.agent}, {@code bench.jvm} and {@code bench.output}. All may be missing or
     * empty. With {@code bench.large} the messages have an attachment of 25 MB, by loopback, and the least heap is looked
     * for, too.
     *
     * @throws IllegalArgumentException if one of them cannot be understood
     */
    static Plan of(Properties properties) {
        Options options = new Options(properties);
        boolean quick = options.flag("bench.quick");
        boolean large = options.flag("bench.large");
        String agent = options.text("bench.agent", "");
        if (!agent.isEmpty() && !Files.isRegularFile(Path.of(agent))) {
            throw new IllegalArgumentException(
                    "bench.agent='" + agent + "': there is no such file; build the agent first, with mvn package");
        }
        List<Contender> all = List.of(Contender.values());
        List<Contender> contenders = options.some("bench.peers", everybody(), all, Contender::id).stream()
                .filter(contender -> !contender.isByAgent() || !agent.isEmpty())
                .toList();
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException(
                    "bench.peers names only those that need bench.agent, the path of the agent's jar");
        }
        return new Plan(
                contenders,
                scenes(options, quick, large),
                large,
                new Performance.Length(
                        options.seconds("bench.warmup", quick ? "3" : "15"),
                        options.number("bench.least", quick ? "150" : "1500", 1)),
                new Performance.Length(options.seconds("bench.seconds", quick ? "1" : "5"), 1),
                agent.isEmpty() ? null : Path.of(agent).toAbsolutePath(),
                List.of(options.text("bench.jvm", "").split(" ")).stream()
                        .filter(argument -> !argument.isBlank())
                        .toList(),
                Path.of(options.text("bench.output", "target")));
    }

    private static String everybody() {
        return String.join(
                ",", Arrays.stream(Contender.values()).map(Contender::id).toList());
    }

    private static List<Scene> scenes(Options options, boolean quick, boolean large) {
        List<Scene> scenes = new ArrayList<>();
        for (int delay : options.numbers("bench.delays", large ? "0" : quick ? "0,40" : "0,10,40", 0)) {
            for (int octets : options.numbers("bench.sizes", large ? LARGE : quick ? "2048" : "2048,102400", 1)) {
                for (int threads : options.numbers("bench.threads", large || quick ? "1" : "1,4,32", 1)) {
                    for (Content content : options.some(
                            "bench.contents", large ? "file,bytes" : "text", List.of(Content.values()), Content::id)) {
                        scenes.add(new Scene(delay, threads, octets, content));
                    }
                }
            }
        }
        return scenes;
    }
}
