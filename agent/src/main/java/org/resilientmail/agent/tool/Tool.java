package org.resilientmail.agent.tool;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The jar as a tool: {@code java -jar resilient-mail-agent.jar}. */
@Command(
        name = Tool.NAME,
        description = {
            "Makes mail of applications that know nothing of it resilient, and looks after what such mail depends on.",
            "",
            "As an agent:  java -javaagent:resilient-mail-agent.jar=resilient-mail.properties -jar application.jar",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tool.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckCommand.class, ExplainCommand.class, AttachCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:it failed; what was printed says why, and what to do",
            "2:the command line, or a file it names, cannot be used",
            "3:check --to: no telling whether the test message was accepted"
        })
public final class Tool {

    static final String NAME = "resilient-mail-agent";

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int UNCERTAIN = 3;

    private final File jar;

    private Tool(File jar) {
        this.jar = jar;
    }

    /** {@return the jar all this is in} */
    File jar() {
        return jar;
    }

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param jar the jar all this is in
     * @param arguments the command and its options, see {@code --help}
     */
    public static void main(File jar, String[] arguments) {
        PrintWriter out = utf8(FileDescriptor.out);
        PrintWriter err = utf8(FileDescriptor.err);
        CommandLine line = new CommandLine(new Tool(jar))
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false) // a reply to explain may begin with an @
                .setParameterExceptionHandler((wrong, given) -> wrongUsage(err, wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(err, failure));
        int status = arguments.length == 0 ? noCommand(line) : line.execute(arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int noCommand(CommandLine line) {
        line.usage(line.getErr());
        return WRONG_USAGE;
    }

    private static int wrongUsage(PrintWriter err, CommandLine.ParameterException wrong) {
        err.println(NAME + ": " + wrong.getMessage() + " (see "
                + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
        return WRONG_USAGE;
    }

    private static int failed(PrintWriter err, Exception failure) {
        if (failure instanceof ToolException known) {
            known.getMessage().lines().forEach(line -> err.println(NAME + ": " + line));
            return known.status();
        }
        err.println(NAME + ": " + failure);
        return FAILED;
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Spec
        private CommandSpec spec;

        @Override
        public String[] getVersion() throws IOException {
            try (JarFile self = new JarFile(((Tool) spec.root().userObject()).jar())) {
                return new String[] {
                    NAME + " " + self.getManifest().getMainAttributes().getValue("Implementation-Version") + " (Java "
                            + Runtime.version() + ")"
                };
            }
        }
    }
}
