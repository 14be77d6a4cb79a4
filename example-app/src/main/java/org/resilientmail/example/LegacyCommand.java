package org.resilientmail.example;

import com.icegreen.greenmail.store.FolderException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has an application that knows nothing of the library send past the embedded relay, with or without the agent. */
@Command(
        name = "legacy",
        description = {
            "Starts a legacy application in a JVM of its own, has it send past a relay with a provider's limits, and counts"
                    + " the copies in the mailboxes. With --agent, the JVM gets the agent.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everyone who can be reached has the message exactly once",
            "1:something was lost or arrived twice",
            "2:the command line, or a file it names, cannot be used"
        })
final class LegacyCommand implements Callable<Integer> {

    private static final String SENDER = "office@example.org";
    private static final int SHOWN = 8;
    private static final int MIN_MESSAGES = 2;
    private static final int MAX_MESSAGES = 1_000;

    @Option(
            names = "--app",
            paramLabel = "JAR",
            required = true,
            description = "The application: example-app/legacy-javax/target/legacy-javax.jar, or legacy-jakarta.")
    private Path application;

    @Option(names = "--agent", paramLabel = "JAR", description = "The agent. Without it, the application as it is.")
    private Path agent;

    @Option(names = "--config", paramLabel = "FILE", description = "The agent's settings. Default: none.")
    private Path config;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "60",
            description = "Messages to single readers. Default: ${DEFAULT-VALUE}.")
    private int messages;

    @Option(
            names = "--announce-to",
            paramLabel = "N",
            defaultValue = "120",
            description = "Readers of the one large message. Default: ${DEFAULT-VALUE}.")
    private int announceTo;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, MessagingException, FolderException, InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        Scenario scenario = Scenario.invented(messages, 0);
        List<String> lines = lines(scenario);
        try (EmbeddedRelay relay = EmbeddedRelay.start(SENDER, scenario.troubles())) {
            out.printf("%s %s the agent:%n", application.getFileName(), agent == null ? "without" : "with");
            run(relay.account(), lines, out);
            CopyCount count = CopyCount.of(readers(lines), scenario.missing(), relay.mailboxes());
            new ResultTable(out).relay(relay.report());
            out.println(count);
            return count.isOneEach() ? 0 : 1;
        }
    }

    private void check() {
        require(Files.isReadable(application), "--app: " + application + " cannot be read; build it with mvn package");
        require(
                agent == null || Files.isReadable(agent),
                "--agent: " + agent + " cannot be read; build it with mvn package");
        require(config == null || agent != null, "--config needs --agent: it configures the agent");
        require(config == null || Files.isReadable(config), "--config: " + config + " cannot be read");
        require(
                messages >= MIN_MESSAGES && messages <= MAX_MESSAGES,
                "--messages must be " + MIN_MESSAGES + " to " + MAX_MESSAGES + ", not " + messages);
        require(
                announceTo >= 0 && announceTo <= MAX_MESSAGES,
                "--announce-to must be 0 to " + MAX_MESSAGES + ", not " + announceTo);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UsageException(otherwise);
        }
    }

    /** One line for each message: its recipients. The large one has readers of its own, so that one copy is right for all. */
    private List<String> lines(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        scenario.issues().forEach(reader -> lines.add(reader.getAddress()));
        List<String> subscribers = new ArrayList<>();
        for (int i = 1; i <= announceTo; i++) {
            subscribers.add("subscriber%03d@example.com".formatted(i));
        }
        if (!subscribers.isEmpty()) {
            lines.add(lines.size() / 2, String.join(" ", subscribers));
        }
        return lines;
    }

    private static Set<String> readers(List<String> lines) {
        return Set.of(String.join(" ", lines).split(" "));
    }

    private void run(Account account, List<String> lines, PrintWriter out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("legacy");
        Path settings = folder.resolve("mail.properties");
        Path recipients = folder.resolve("recipients.txt");
        try {
            write(account, settings);
            Files.write(recipients, lines);
            Process process = new ProcessBuilder(command(settings, recipients))
                    .redirectErrorStream(true)
                    .start();
            try (var said = process.inputReader()) {
                show(said.lines().toList(), out);
            }
            process.waitFor();
        } finally {
            Files.deleteIfExists(settings);
            Files.deleteIfExists(recipients);
            Files.delete(folder);
        }
    }

    /** As such applications have them: with the password. The folder is its owner's alone. */
    private static void write(Account account, Path settings) throws IOException {
        Properties properties = account.properties();
        properties.setProperty("mail.from", SENDER);
        account.login().ifPresent(login -> {
            properties.setProperty("mail.user", login.user());
            properties.setProperty("mail.password", login.password());
        });
        try (Writer writer = Files.newBufferedWriter(settings)) {
            properties.store(writer, null);
        }
    }

    private static void show(List<String> said, PrintWriter out) {
        int left = said.size() - SHOWN;
        said.stream().limit(SHOWN).forEach(line -> out.println("  " + line));
        if (left > 1) {
            out.println("  and " + (left - 1) + " lines more, the last of them:");
        }
        said.stream().skip(Math.max(SHOWN, said.size() - 1)).forEach(line -> out.println("  " + line));
    }

    private List<String> command(Path settings, Path recipients) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (agent != null) {
            command.add("-javaagent:" + agent.toAbsolutePath() + (config == null ? "" : "=" + config.toAbsolutePath()));
        }
        command.addAll(List.of("-jar", application.toString(), settings.toString(), recipients.toString()));
        return command;
    }
}
