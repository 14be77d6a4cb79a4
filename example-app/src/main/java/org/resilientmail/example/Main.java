package org.resilientmail.example;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** The entry point. */
public final class Main {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /**
     * Runs the application and ends the JVM with its exit code.
     *
     * @param args the command line, see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs the application and {@return its exit code}. */
    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new NewsletterCommand(environment))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> wrongUsage(err, wrong.getMessage()))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(err, failure))
                .execute(args);
    }

    private static int wrongUsage(PrintWriter err, String message) {
        err.println("resilient-mail-example: " + message + " (see --help)");
        return WRONG_USAGE;
    }

    private static int failed(PrintWriter err, Exception failure) {
        if (failure instanceof UsageException usage) {
            return wrongUsage(err, usage.getMessage());
        }
        err.println("resilient-mail-example: " + failure);
        return FAILED;
    }
}
