package org.resilientmail.bench;

import java.nio.file.Path;
import java.time.Duration;
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
     */
    static Plan of(Properties properties) {
        Options options = new Options(properties);
        boolean quick = Boolean.parseBoolean(options.text("bench.quick", "false"));
        boolean large = Boolean.parseBoolean(options.text("bench.large", "false"));
        String agent = options.text("bench.agent", "");
        List<Contender> contenders = options.words("bench.peers", everybody()).stream()
                .map(Contender::of)
                .filter(contender -> !contender.isByAgent() || !agent.isEmpty())
                .toList();
        return new Plan(
                contenders,
                scenes(options, quick, large),
                large,
                new Performance.Length(
                        options.seconds("bench.warmup", quick ? "3" : "15"),
                        options.number("bench.least", quick ? "150" : "1500")),
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
        for (int delay : options.numbers("bench.delays", large ? "0" : quick ? "0,40" : "0,10,40")) {
            for (int octets : options.numbers("bench.sizes", large ? LARGE : quick ? "2048" : "2048,102400")) {
                for (int threads : options.numbers("bench.threads", large || quick ? "1" : "1,4,32")) {
                    for (String content : options.words("bench.contents", large ? "file,bytes" : "text")) {
                        scenes.add(new Scene(delay, threads, octets, Content.of(content)));
                    }
                }
            }
        }
        return scenes;
    }

    private record Options(Properties properties) {

        String text(String key, String otherwise) {
            String given = properties.getProperty(key, "");
            return given.isBlank() ? otherwise : given;
        }

        List<String> words(String key, String otherwise) {
            return List.of(text(key, otherwise).split(","));
        }

        long number(String key, String otherwise) {
            return Long.parseLong(text(key, otherwise));
        }

        List<Integer> numbers(String key, String otherwise) {
            return words(key, otherwise).stream().map(Integer::valueOf).toList();
        }

        Duration seconds(String key, String otherwise) {
            return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text(key, otherwise))));
        }
    }
}
