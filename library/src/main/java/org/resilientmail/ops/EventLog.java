package org.resilientmail.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.resilientmail.config.LogLevel;
import org.resilientmail.config.LogTarget;
import org.resilientmail.reply.PlainText;

/**
 * Writes lines to where the configuration says. Each is opened, appended and closed by itself: other JVMs may write to the
 * same file, and it may be moved away at any time. Never throws. Thread-safe.
 */
public final class EventLog {

    private final LogTarget target;
    private final LogLevel level;
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * A log; nothing is opened yet.
     *
     * @param target where to
     * @param level how much
     */
    public EventLog(LogTarget target, LogLevel level) {
        this.target = target;
        this.level = level;
    }

    /**
     * Whether a line of a level would be written: asked before it is made.
     *
     * @param of the level
     * @return whether it would
     */
    public boolean takes(LogLevel of) {
        return target.isAny() && level.takesIn(of);
    }

    /**
     * Writes a line, if there is anywhere to write to.
     *
     * @param of its level
     * @param text the line; made plain
     */
    public void write(LogLevel of, String text) {
        if (takes(of)) {
            put(of, text);
        }
    }

    /**
     * Writes a line whatever the level: it was asked for by itself.
     *
     * @return whether it was written
     */
    boolean writeAnyway(String text) {
        return put(LogLevel.INFO, text);
    }

    private boolean put(LogLevel of, String text) {
        String line = PlainText.of(text);
        if (target.system()) {
            Warnings.log(System.Logger.Level.valueOf(of.name()), line);
            return true;
        }
        return target.file()
                .filter(file -> append(file, Instant.now() + " " + of + " " + line + "\n"))
                .isPresent();
    }

    private boolean append(Path file, String line) {
        try {
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return true;
        } catch (IOException | SecurityException e) {
            if (complained.compareAndSet(false, true)) {
                Warnings.say("the log " + file + " cannot be written (" + e + "); mail is sent without it");
            }
            return false;
        }
    }
}
