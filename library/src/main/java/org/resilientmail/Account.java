package org.resilientmail;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.resilientmail.config.RateSettings;
import org.resilientmail.config.RateWindow;
import org.resilientmail.ops.AccountStatus;
import org.resilientmail.policy.RateGate;
import org.resilientmail.pool.CloseReason;
import org.resilientmail.pool.Lease;
import org.resilientmail.pool.PoolStatus;
import org.resilientmail.pool.SessionCloser;
import org.resilientmail.pool.SessionPool;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.smtp.SmtpSession;

/**
 * One account at one relay: its sessions, its rates, what was learned of its limits, and whether it has to pause.
 * Shared by all Sessions and threads that send for it. Thread-safe.
 */
final class Account {

    /** A session closed this recently may still be counted by the relay. */
    private static final long STILL_COUNTED_NANOS = Duration.ofSeconds(5).toNanos();

    /** So long after the relay found that there were too many sessions, none is opened that could be done without. */
    private static final Duration CROWDED = Duration.ofMinutes(1);

    private final AccountId id;
    private final Engine engine;
    private final SessionPool<SmtpSession> pool;
    private final LearnedLimits learned = new LearnedLimits();
    private final Logins logins;
    private final ConcurrentMap<Rates, RateGate> gates = new ConcurrentHashMap<>();
    private volatile Gate gate;
    private final AtomicReference<Pause> pause = new AtomicReference<>();
    private volatile OptionalLong plainUntil = OptionalLong.empty();
    private volatile OptionalLong crowdedUntil = OptionalLong.empty();

    Account(AccountId id, Engine engine) {
        this.id = id;
        this.engine = engine;
        this.logins = new Logins(engine.clock());
        this.pool = new SessionPool<>(new Closer(), engine.housekeeper(), engine.background(), engine.clock());
    }

    AccountId id() {
        return id;
    }

    SessionPool<SmtpSession> pool() {
        return pool;
    }

    LearnedLimits learned() {
        return learned;
    }

    Logins logins() {
        return logins;
    }

    RateGate gate(RateSettings settings) {
        Gate latest = gate; // one configuration, mostly
        if (latest == null || latest.settings() != settings) {
            latest = new Gate(settings, gateOf(settings));
            gate = latest;
        }
        return latest.gate();
    }

    private RateGate gateOf(RateSettings settings) {
        Rates rates = new Rates(Set.copyOf(settings.messages()), Set.copyOf(settings.recipients()));
        RateGate known = gates.get(rates);
        if (known != null) {
            return known;
        }
        RateGate made = new RateGate(settings, engine.clock());
        RateGate faster = gates.putIfAbsent(rates, made);
        return faster == null ? made : faster;
    }

    void learn(LimitKind kind, long value) {
        if (learned.learn(kind, value)) {
            engine.tell(new DeliveryEvent.LimitLearned(id.toString(), kind, value));
        }
    }

    /** Learns at once, and tells when the lease is over: a listener may send, and need this very session. */
    void learn(LimitKind kind, long value, Lease<SmtpSession> held) {
        if (learned.learn(kind, value)) {
            held.afterwards(() -> engine.tell(new DeliveryEvent.LimitLearned(id.toString(), kind, value)));
        }
    }

    /** Every thread of the account waits: the relay throttles the account, not the thread that was told. */
    void pause(Duration duration, Classification why) {
        long until = engine.now() + duration.toNanos();
        pause.accumulateAndGet(
                new Pause(until, why),
                (known, fresh) -> known == null || known.until() - fresh.until() < 0 ? fresh : known);
    }

    /** The pause in force, or {@code null}. */
    Pause pause() {
        Pause current = pause.get();
        if (current != null && current.until() - engine.now() <= 0) {
            pause.compareAndSet(current, null);
            return null;
        }
        return current;
    }

    /** The relay does not do what it announces: for a while it is asked for nothing that it could get wrong. */
    void speakPlainly(Duration time) {
        plainUntil = OptionalLong.of(engine.now() + time.toNanos());
    }

    boolean isSpokenToPlainly() {
        return isToCome(plainUntil);
    }

    /** Whether the relay can be expected to take one more session, though nobody would miss it yet. */
    boolean hasRoomForMore() {
        return pause() == null && !isToCome(crowdedUntil);
    }

    private boolean isToCome(OptionalLong until) {
        return until.isPresent() && until.getAsLong() - engine.now() > 0;
    }

    /**
     * "Too many sessions" names its number seldom, but shows it: as many as are open besides the one refused. Not when
     * one was closed a moment ago, which the relay may count still.
     */
    void learnConcurrency(Setback setback) {
        if (setback.classification().kind() != FailureKind.SESSION_LIMIT
                || setback.classification().limit().orElse(null) != LimitKind.SESSIONS_AT_ONCE
                || setback.reply().isEmpty()) {
            return;
        }
        crowdedUntil = OptionalLong.of(engine.now() + CROWDED.toNanos());
        int open = pool.status().open();
        long named = setback.classification().limitValue().orElse(open);
        if (open > 0 && !pool.closedWithin(STILL_COUNTED_NANOS)) {
            learn(LimitKind.SESSIONS_AT_ONCE, Math.min(named, open));
        }
    }

    /** Takes note of a session just opened; listeners hear of it when this first lease of it is over. */
    void opened(Lease<SmtpSession> lease) {
        var opened =
                new DeliveryEvent.SessionOpened(id.toString(), pool.status().open());
        lease.afterwards(() -> engine.tell(opened));
        SmtpSession session = lease.session();
        learnAnnounced(LimitKind.RECIPIENTS_PER_MESSAGE, session.announcedLimit("RCPTMAX"), lease);
        learnAnnounced(LimitKind.MESSAGES_PER_SESSION, session.announcedLimit("MAILMAX"), lease);
    }

    private void learnAnnounced(LimitKind kind, OptionalLong announced, Lease<SmtpSession> lease) {
        if (announced.isPresent()) {
            learn(kind, announced.getAsLong(), lease);
        }
    }

    /** What it looks like now. */
    AccountStatus status() {
        PoolStatus now = pool.status();
        Map<String, Integer> permits = new TreeMap<>();
        gates.values().forEach(gate -> permits.putAll(gate.left()));
        Pause current = pause();
        return new AccountStatus(
                id.toString(),
                now.leased(),
                now.idle(),
                now.changing(),
                now.waiting(),
                permits,
                learned.all(),
                current == null
                        ? 0
                        : Math.max(
                                0,
                                Duration.ofNanos(current.until() - engine.now()).toMillis()));
    }

    private final class Closer implements SessionCloser<SmtpSession> {

        @Override
        public void close(SmtpSession session, int uses, CloseReason reason) {
            if (reason.isOrderly()) {
                session.quit();
            } else {
                session.abort();
            }
        }

        @Override
        public void closed(int uses, CloseReason reason) {
            String why = reason == CloseReason.MAX_USES
                    ? "max-messages"
                    : reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            engine.tell(new DeliveryEvent.SessionClosed(id.toString(), uses, why));
        }
    }

    /** What makes two settings one and the same limit: the windows, not the caller's patience. */
    private record Rates(Set<RateWindow> messages, Set<RateWindow> recipients) {

        /** By hand, as in AccountId. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Rates that && messages.equals(that.messages) && recipients.equals(that.recipients);
        }

        @Override
        public int hashCode() {
            return 31 * messages.hashCode() + recipients.hashCode();
        }
    }

    /** Which gate settings stand for; compared by identity only. */
    private record Gate(RateSettings settings, RateGate gate) {}

    /** Until when the account pauses, by the engine's clock, and what the relay said. */
    record Pause(long until, Classification why) {}
}
