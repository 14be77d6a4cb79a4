package org.resilientmail.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes a configuration of checked entries, in one place for properties and for code. */
final class Assembler {

    private Assembler() {}

    /**
     * The configuration, or null if the entries contradict each other or name a file that cannot be read: the problems
     * then say so.
     */
    static ResilientConfig assemble(Effective from, Problems problems) {
        int before = problems.count();
        checkWaits(ConfigKeys.RETRY_INITIAL_WAIT, ConfigKeys.RETRY_MAX_WAIT, from, problems);
        checkWaits(ConfigKeys.AUTH_INITIAL_WAIT, ConfigKeys.AUTH_MAX_WAIT, from, problems);
        checkReadable(ConfigKeys.REPLIES, from.entry(ConfigKeys.REPLIES), problems);
        if (problems.count() > before) {
            return null;
        }
        return new ResilientConfig(
                from.value(ConfigKeys.ENABLED),
                session(from),
                from.value(ConfigKeys.MESSAGE_MAX_RECIPIENTS),
                rate(from),
                retry(from),
                auth(from),
                new TransferSettings(
                        from.value(ConfigKeys.PIPELINING),
                        from.value(ConfigKeys.PIPELINING_PAUSE),
                        from.value(ConfigKeys.CHUNKING)),
                from.value(ConfigKeys.REPLIES));
    }

    static OperationSettings operation(Effective from) {
        return new OperationSettings(
                from.value(ConfigKeys.JMX),
                from.value(ConfigKeys.LOG),
                from.value(ConfigKeys.LOG_LEVEL),
                from.value(ConfigKeys.SUMMARY));
    }

    private static SessionLimits session(Effective from) {
        return new SessionLimits(
                from.value(ConfigKeys.SESSION_MAX_OPEN),
                from.value(ConfigKeys.SESSION_MAX_MESSAGES),
                from.value(ConfigKeys.SESSION_MAX_LIFETIME),
                from.value(ConfigKeys.SESSION_MAX_IDLE),
                from.value(ConfigKeys.SESSION_MAX_WAIT));
    }

    private static RateSettings rate(Effective from) {
        return new RateSettings(
                from.value(ConfigKeys.RATE_MESSAGES),
                from.value(ConfigKeys.RATE_RECIPIENTS),
                from.value(ConfigKeys.RATE_MAX_WAIT));
    }

    private static RetrySettings retry(Effective from) {
        return new RetrySettings(
                from.value(ConfigKeys.RETRY_MAX_ATTEMPTS),
                from.value(ConfigKeys.RETRY_MAX_TIMEOUTS),
                from.value(ConfigKeys.RETRY_INITIAL_WAIT),
                from.value(ConfigKeys.RETRY_MAX_WAIT),
                from.value(ConfigKeys.RETRY_MULTIPLIER),
                from.value(ConfigKeys.RETRY_JITTER),
                from.value(ConfigKeys.RETRY_DEADLINE),
                from.value(ConfigKeys.RETRY_UNCERTAIN));
    }

    private static AuthSettings auth(Effective from) {
        return new AuthSettings(from.value(ConfigKeys.AUTH_INITIAL_WAIT), from.value(ConfigKeys.AUTH_MAX_WAIT));
    }

    private static void checkWaits(
            Setting<Duration> first, Setting<Duration> longest, Effective from, Problems problems) {
        Contradictions.checkWaits(first, from.entry(first), longest, from.entry(longest), problems);
    }

    /** Whether the file of an entry can be read; false adds a problem. An entry without a file is fine. */
    static boolean checkReadable(Setting<Optional<Path>> setting, Entry entry, Problems problems) {
        Optional<Path> file = setting.valueOf(entry);
        if (file.isEmpty()) {
            return true;
        }
        String wrong = unreadable(file.get());
        if (wrong != null) {
            // relative paths are the usual mistake, so say where we looked
            String looked = Problems.shown(file.get().toAbsolutePath().toString());
            problems.add(
                    entry,
                    wrong + " (looked at " + looked + "); allowed: "
                            + setting.key().allowed());
        }
        return wrong == null;
    }

    private static String unreadable(Path file) {
        if (!Files.exists(file)) {
            return "does not exist";
        }
        if (!Files.isRegularFile(file)) {
            return "is not a file";
        }
        return Files.isReadable(file) ? null : "cannot be read";
    }
}
