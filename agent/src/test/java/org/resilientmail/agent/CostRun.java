package org.resilientmail.agent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One run of an application, and the processor time of its whole process. */
final class CostRun {

    /** How many messages are sent where the cost of each is asked for. */
    static final int MANY = 301;

    private CostRun() {}

    /** What runs it. */
    record Jdk(String name, Path home) {
        static Jdk at(Path home) throws IOException {
            Properties release = new Properties();
            try (var in = Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
                release.load(in);
            }
            return new Jdk("JDK " + release.getProperty("JAVA_VERSION").replace("\"", ""), home);
        }
    }

    /** By whom the messages are sent. */
    enum Way {
        /** By the mail implementation alone. */
        PLAIN,
        /** By the agent. */
        AGENT,
        /** By the library, which the application has. */
        LIBRARY
    }

    /** What is measured. */
    record Kind(int messages, Way way) implements Comparable<Kind> {

        static List<Kind> of(MailVersion mail) {
            List<Kind> kinds = new ArrayList<>();
            for (int messages : new int[] {0, 1, MANY}) {
                for (Way way : Way.values()) {
                    if (way != Way.LIBRARY || messages > 0 && mail == MailVersion.ANGUS_2_0_5) {
                        kinds.add(new Kind(messages, way));
                    }
                }
            }
            return kinds;
        }

        @Override
        public int compareTo(Kind other) {
            return messages == other.messages ? way.compareTo(other.way) : Integer.compare(messages, other.messages);
        }

        /** User and system time, in milliseconds: as the shell has it from the kernel when the process has ended. */
        int cpuMillis(Jdk jdk, MailVersion mail, Class<?> application, int port)
                throws IOException, InterruptedException {
            String classPath = mail.classPathFor(application);
            if (way == Way.LIBRARY) {
                classPath = System.getProperty("agent.library") + File.pathSeparator + classPath;
            }
            List<String> command = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='cpu %3U %3S'; time \"$@\"", "-"));
            command.add(jdk.home().resolve("bin").resolve("java").toString());
            if (way == Way.AGENT) {
                command.add("-javaagent:" + AppJvm.AGENT);
            }
            command.addAll(List.of("-cp", classPath, application.getName(), "" + port, "" + messages));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> said =
                    process.inputReader(StandardCharsets.UTF_8).lines().toList();
            if (process.waitFor() != 0 || !said.contains(messages + " sent")) {
                throw new AssertionError(command + ": " + said);
            }
            String[] times = said.get(said.size() - 1).split(" ");
            return millis(times[1]) + millis(times[2]);
        }

        private static int millis(String seconds) {
            return Integer.parseInt(seconds.replaceAll("[.,]", ""));
        }
    }
}
