package org.resilientmail.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The one line at start: which configuration was named, and whether it is there. */
final class Greeting {

    /** The switch for the line: as a system property, or in the file that is named. */
    private static final String QUIET = "mail.resilient.agent.quiet";

    private static final String CONFIG = "mail.resilient.config";

    /** As with the keys that are read later: the agent's argument, the system property, the environment. */
    private final String file;

    private final boolean named;

    /** @param argument the agent's argument, {@code null} or a file name, without space around it */
    Greeting(String argument) {
        this.named = argument != null;
        String property = System.getProperty(CONFIG);
        this.file = named ? argument : property != null ? property : System.getenv("MAIL_RESILIENT_CONFIG");
    }

    /** Whether the argument names what cannot be read. */
    boolean isWithoutFile() {
        return named && !isReadable();
    }

    private boolean isReadable() {
        File found = new File(file);
        return found.canRead() && !found.isDirectory();
    }

    boolean isQuiet() {
        String property = System.getProperty(QUIET);
        return Boolean.parseBoolean(property != null || file == null || !isReadable() ? property : inFile());
    }

    private String inFile() {
        Properties lines = new Properties();
        try (Reader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return null; // told when the first message is sent
        }
        return lines.getProperty(QUIET);
    }

    @Override
    public String toString() {
        return isWithoutFile()
                ? "cannot read the configuration file " + file
                        + " its argument names; mail is sent without it until it can"
                : named ? "ready, reads " + file + " with the first message" : "ready";
    }
}
