package org.resilientmail.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every key there is, with its default, what may be written and what it means: the one source of parsing, of error texts
 * and of the table in the documentation. Immutable.
 */
public final class ConfigKeys {

    /** What every key begins with, in a file, in {@code Session} properties and as a system property. */
    public static final String PREFIX = "mail.resilient.";

    static final String ACCOUNT_PREFIX = "account.";

    private static final ValueType<Integer> COUNT = ValueTypes.count();
    // a wait of nothing is "do not wait"; a limit or a back-off of nothing would be a mistake
    private static final ValueType<Duration> WAIT = DurationType.from(Duration.ZERO);
    private static final ValueType<Duration> SPAN = DurationType.from(Duration.ofMillis(1));
    private static final ValueType<List<RateWindow>> RATES = new RatesType();

    static final Setting<Boolean> ENABLED =
            Setting.of("enabled", ValueTypes.flag(), true, "whether the transport decorates at all");
    static final Setting<Optional<Path>> CONFIG = new Setting<>(
            new ConfigKey(
                    "config",
                    "resilient-mail.properties on the class path, if there",
                    "the path of a readable file, or none (not even the class path); as Session or system property only",
                    "the file with further settings, in UTF-8, each with its full name"),
            ValueTypes.file(),
            Optional.empty());
    static final Setting<Optional<String>> PROFILE = Setting.of(
            "profile",
            ValueTypes.name(Profiles.all().keySet()),
            Optional.empty(),
            "a named set of provider limits; replaced as a whole by an account's own profile");
    static final Setting<Integer> SESSION_MAX_OPEN =
            Setting.of("session.max-open", COUNT, 4, "sessions at once, per account");
    static final Setting<Integer> SESSION_MAX_MESSAGES =
            Setting.of("session.max-messages", COUNT, 100, "messages sent before the session is replaced");
    static final Setting<Duration> SESSION_MAX_LIFETIME = Setting.of(
            "session.max-lifetime",
            SPAN,
            Duration.ofMinutes(5),
            "age at which a session is replaced; no send begins on an older one");
    static final Setting<Duration> SESSION_MAX_IDLE = Setting.of(
            "session.max-idle",
            SPAN,
            Duration.ofSeconds(30),
            "idle time after which a session is closed by us, with QUIT, before the server does");
    static final Setting<Duration> SESSION_MAX_WAIT =
            Setting.of("session.max-wait", WAIT, Duration.ofSeconds(30), "longest wait for a free session");
    static final Setting<Integer> MESSAGE_MAX_RECIPIENTS = Setting.of(
            "message.max-recipients",
            COUNT,
            50,
            "envelope recipients per message; more are split into several envelopes");
    static final Setting<List<RateWindow>> RATE_MESSAGES =
            Setting.of("rate.messages", RATES, List.of(), "messages per period; every window is kept");
    static final Setting<List<RateWindow>> RATE_RECIPIENTS =
            Setting.of("rate.recipients", RATES, List.of(), "envelope recipients per period; every window is kept");
    static final Setting<Duration> RATE_MAX_WAIT =
            Setting.of("rate.max-wait", WAIT, Duration.ofSeconds(30), "longest wait for a permit");
    static final Setting<Integer> RETRY_MAX_ATTEMPTS =
            Setting.of("retry.max-attempts", COUNT, 4, "attempts in one send call, the first included");
    static final Setting<Integer> RETRY_MAX_TIMEOUTS = Setting.of(
            "retry.max-timeouts",
            COUNT,
            2,
            "time-outs in a row at the same step after which it is not tried again; every one costs the whole time-out");
    static final Setting<Duration> RETRY_INITIAL_WAIT =
            Setting.of("retry.initial-wait", SPAN, Duration.ofMillis(500), "wait before the second attempt");
    static final Setting<Duration> RETRY_MAX_WAIT =
            Setting.of("retry.max-wait", SPAN, Duration.ofSeconds(30), "longest wait between two attempts");
    static final Setting<Double> RETRY_MULTIPLIER =
            Setting.of("retry.multiplier", ValueTypes.number(1, 100), 2.0, "growth of the wait between attempts");
    static final Setting<Double> RETRY_JITTER = Setting.of(
            "retry.jitter",
            ValueTypes.number(0, 1),
            0.25,
            "share by which a wait is shortened or lengthened at random");
    static final Setting<Duration> RETRY_DEADLINE =
            Setting.of("retry.deadline", SPAN, Duration.ofMinutes(2), "whole budget of one send call, waits included");
    static final Setting<UncertainPolicy> RETRY_UNCERTAIN = Setting.of(
            "retry.uncertain",
            ValueTypes.oneOf(UncertainPolicy.class),
            UncertainPolicy.FAIL,
            "what to do when the server may have accepted: resend can deliver twice");
    static final Setting<Duration> AUTH_INITIAL_WAIT = Setting.of(
            "auth.initial-wait",
            WAIT,
            Duration.ofMinutes(1),
            "how long credentials that were refused are not tried again, unless they change; 0s tries them every time");
    static final Setting<Duration> AUTH_MAX_WAIT = Setting.of(
            "auth.max-wait", SPAN, Duration.ofMinutes(15), "what that doubles to with every further refusal, at most");
    static final Setting<Boolean> PIPELINING = Setting.of(
            "pipelining",
            ValueTypes.flag(),
            true,
            "whether commands are sent without waiting for the reply to each, where the relay announces PIPELINING");
    static final Setting<Duration> PIPELINING_PAUSE = Setting.of(
            "pipelining.pause",
            SPAN,
            Duration.ofMinutes(10),
            "how long a relay that answered out of step, or left in the middle of a flight, is spoken to plainly");
    static final Setting<Chunking> CHUNKING = Setting.of(
            "chunking",
            ValueTypes.oneOf(Chunking.class),
            Chunking.STRICT,
            "whether messages go by BDAT instead of DATA, where the relay announces CHUNKING, and how");
    static final Setting<Optional<Path>> REPLIES = Setting.of(
            "replies",
            ValueTypes.file(),
            Optional.empty(),
            "a file of the user's own classification rules, put before the shipped ones");

    static final Setting<Boolean> JMX = Setting.of(
            "jmx",
            ValueTypes.flag(),
            false,
            "whether an MXBean shows pools, permits, counters and the last failures, from the first send on");
    static final Setting<LogTarget> LOG = Setting.of(
            "log",
            new LogTargetType(),
            LogTarget.NONE,
            "where to log what is done: one line each, without passwords and message content");
    static final Setting<LogLevel> LOG_LEVEL = Setting.of(
            "log.level",
            ValueTypes.oneOf(LogLevel.class),
            LogLevel.INFO,
            "how much of it: failures, and what was tried again or learned, and what was accepted, and sessions and waits");
    static final Setting<Boolean> SUMMARY = Setting.of(
            "summary",
            ValueTypes.flag(),
            false,
            "whether one line about all sends is written when the JVM ends: to the log, or standard error without one");

    /** Read by the agent before anything of this: here so that it may stand in the same file. */
    static final Setting<Boolean> AGENT_QUIET = Setting.of(
            "agent.quiet",
            ValueTypes.flag(),
            false,
            "whether the agent leaves out its line at start; as system property, or in the file that is named");

    /** Only within {@code account.NAME.}. */
    static final Setting<String> HOST = Setting.of(
            ACCOUNT_PREFIX + "NAME.host", new HostType(), "", "the server to which the keys of account NAME apply");

    /** Only within {@code account.NAME.}. */
    static final Setting<String> USER = Setting.of(
            ACCOUNT_PREFIX + "NAME.user",
            new UserType(),
            "",
            "the user to whom the keys of account NAME apply; without it, every user of the server");

    /** The keys that hold for everything or for one account. */
    static final Map<String, Setting<?>> SETTINGS = byName(List.of(
            ENABLED,
            CONFIG,
            PROFILE,
            SESSION_MAX_OPEN,
            SESSION_MAX_MESSAGES,
            SESSION_MAX_LIFETIME,
            SESSION_MAX_IDLE,
            SESSION_MAX_WAIT,
            MESSAGE_MAX_RECIPIENTS,
            RATE_MESSAGES,
            RATE_RECIPIENTS,
            RATE_MAX_WAIT,
            RETRY_MAX_ATTEMPTS,
            RETRY_MAX_TIMEOUTS,
            RETRY_INITIAL_WAIT,
            RETRY_MAX_WAIT,
            RETRY_MULTIPLIER,
            RETRY_JITTER,
            RETRY_DEADLINE,
            RETRY_UNCERTAIN,
            AUTH_INITIAL_WAIT,
            AUTH_MAX_WAIT,
            PIPELINING,
            PIPELINING_PAUSE,
            CHUNKING,
            REPLIES,
            JMX,
            LOG,
            LOG_LEVEL,
            SUMMARY,
            AGENT_QUIET));

    /** The names of those that hold for everything only. */
    static final Set<String> NOT_OF_ACCOUNTS =
            byName(List.of(CONFIG, JMX, LOG, LOG_LEVEL, SUMMARY, AGENT_QUIET)).keySet();

    private static final List<ConfigKey> ALL = all(HOST, USER);

    private ConfigKeys() {}

    /**
     * Every key, in the order of the documentation. The last two, {@code account.NAME.host} and {@code account.NAME.user},
     * open a section for one account; every other key except {@code config}, {@code jmx}, {@code log}, {@code log.level},
     * {@code summary} and {@code agent.quiet}, which hold for everything, may follow {@code account.NAME.} as well.
     *
     * @return an unmodifiable list
     */
    public static List<ConfigKey> all() {
        return ALL;
    }

    private static Map<String, Setting<?>> byName(List<Setting<?>> settings) {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            byName.put(setting.name(), setting);
        }
        return Collections.unmodifiableMap(byName);
    }

    private static List<ConfigKey> all(Setting<?>... last) {
        List<Setting<?>> settings = new ArrayList<>(SETTINGS.values());
        settings.addAll(List.of(last));
        List<ConfigKey> keys = new ArrayList<>(settings.size());
        for (Setting<?> setting : settings) {
            keys.add(setting.key());
        }
        return List.copyOf(keys);
    }
}
