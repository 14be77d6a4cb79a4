package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs the jar as a tool: {@code java -jar}. */
final class ToolJvm {

    private ToolJvm() {}

    static AppJvm.Ended run(String... arguments) throws IOException, InterruptedException {
        return run(new AppJvm(), arguments);
    }

    static AppJvm.Ended run(AppJvm jvm, String... arguments) throws IOException, InterruptedException {
        return jvm.run(Stream.concat(Stream.of("-jar", AppJvm.AGENT.toString()), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    /** The value of a line of findings. */
    static String finding(AppJvm.Ended ended, String name) {
        List<String> found = ended.out().stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
        assertThat(found).as("%s in %s", name, ended).hasSize(1);
        return found.get(0);
    }
}
