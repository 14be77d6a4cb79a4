package org.resilientmail.agent;

import java.io.File;

/**
 * What {@code java -jar resilient-mail-agent.jar} starts: the jar as a tool. Takes the tool's classes from where the
 * agent's are; where the jar is an agent, none of them is loaded, and neither is this one.
 */
public final class Main {

    private static final String TOOL = "org.resilientmail.agent.tool.Tool";

    private static final int FAILED = 1;

    private Main() {}

    /**
     * Runs one command; the tool ends the process with its exit code.
     *
     * @param arguments the command and its options
     * @throws Exception if the jar is damaged
     */
    public static void main(String[] arguments) throws Exception {
        if (JavaVersion.isTooOld()) {
            System.err.println("resilient-mail-agent: " + JavaVersion.WHAT_IS_NEEDED);
            System.exit(FAILED);
        }
        File jar = new File(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ClassLoader hidden = new HiddenClasses(jar);
        // Jakarta Mail looks for its parts there.
        Thread.currentThread().setContextClassLoader(hidden);
        hidden.loadClass(TOOL).getMethod("main", File.class, String[].class).invoke(null, jar, arguments);
    }
}
