package org.resilientmail.agent.tool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code attach}: gives the agent to a JVM that runs already. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the agent to a JVM that runs already: what it sends from then on is sent through the agent.",
            "It has to be a JVM of the same user and the same machine. One that runs Java 21 or newer warns of this on its"
                    + " standard error, unless started with -XX:+EnableDynamicAgentLoading.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:attached", "1:not attached", "2:the command line, or the file, cannot be used"})
final class AttachCommand implements Callable<Integer> {

    /** By its name: a JVM may come without the module, and the module is not of the loader of these classes. */
    private static final String VIRTUAL_MACHINE = "com.sun.tools.attach.VirtualMachine";

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process id; jps lists them.")
    private long pid;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The configuration. Without it, what that JVM's own settings name.")
    private Path file;

    @ParentCommand
    private Tool tool;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String argument = file == null ? "" : checked(file);
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw ToolException.failed("there is no process " + pid + "; jps lists the JVMs of this user");
        }
        if (pid == ProcessHandle.current().pid()) {
            throw ToolException.failed(pid + " is this process itself");
        }
        checkOwner(process.get());
        attach(argument);
        spec.commandLine()
                .getOut()
                .println("attached to " + pid + (file == null ? "" : ", configured by " + argument)
                        + "; that JVM says so, or why not, on its standard error");
        return Tool.DONE;
    }

    /** The file's absolute name: the JVM may have another working directory. */
    private static String checked(Path file) throws ToolException {
        MailFile.load(file);
        Path absolute = file.toAbsolutePath().normalize();
        Properties settings = new Properties();
        settings.setProperty("mail.resilient.config", absolute.toString());
        try {
            ConfigResolver.resolve(settings, new Properties(), null);
        } catch (ConfigurationException e) {
            throw ToolException.usage(e.getMessage());
        }
        return absolute.toString();
    }

    private void checkOwner(ProcessHandle process) throws ToolException {
        Optional<String> theirs = process.info().user();
        Optional<String> ours = ProcessHandle.current().info().user();
        if (theirs.isPresent() && ours.isPresent() && !theirs.equals(ours)) {
            throw ToolException.failed("process " + pid + " belongs to " + theirs.get() + ", and this user is "
                    + ours.get() + "; run this as " + theirs.get());
        }
    }

    private void attach(String argument) throws Exception {
        Class<?> type;
        try {
            type = Class.forName(VIRTUAL_MACHINE, true, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw ToolException.failed("this Java has no module jdk.attach (" + System.getProperty("java.home")
                    + "); run this with a JDK, or start the application with -javaagent:" + tool.jar());
        }
        Method detach = type.getMethod("detach");
        try {
            Object machine = type.getMethod("attach", String.class).invoke(null, Long.toString(pid));
            try {
                type.getMethod("loadAgent", String.class, String.class)
                        .invoke(machine, tool.jar().getAbsolutePath(), argument);
            } finally {
                detach.invoke(machine);
            }
        } catch (InvocationTargetException e) {
            throw ToolException.failed(advice(e.getCause()));
        }
    }

    private String advice(Throwable cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "cannot attach to process " + pid + " (" + said + "); "
                + switch (cause.getClass().getSimpleName()) {
                    case "AttachNotSupportedException" -> "is it a JVM, of this user, that answers? jps lists them";
                    case "AgentLoadException", "AgentInitializationException" ->
                        "that JVM does not take agents: it may"
                                + " run with -XX:-EnableDynamicAgentLoading, or cannot read " + tool.jar();
                    default -> "run this as the user of that JVM, on the same machine and in the same container";
                };
    }
}
