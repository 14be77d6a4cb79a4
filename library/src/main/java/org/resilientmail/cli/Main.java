package org.resilientmail.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Entry point of {@code java -jar resilient-mail.jar}. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process: status 0 when it did what it was asked, 1 when a rule file is bad, 2 when
     * it was called wrongly.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int status = new ExplainCommand(System.in, out, err).run(args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
