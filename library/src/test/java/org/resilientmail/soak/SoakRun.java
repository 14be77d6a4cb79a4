package org.resilientmail.soak;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.DeliveryListener;
import org.resilientmail.ResilientMail;
import org.resilientmail.SharedPools;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.pool.PoolStatus;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.SessionRecord;
import org.resilientmail.testkit.TestSessions;

/** One round: a server, its faults, the callers, and the verdict. For one use by one thread. */
final class SoakRun {

    /** How a caller sends: {@link Transport#send(jakarta.mail.Message)}, or what a test wants to see found out. */
    interface Sending {
        void send(Session session, MimeMessage message) throws MessagingException;
    }

    /** How the application configures Jakarta Mail, beyond the account. */
    interface Setting {
        TestSessions of(TestSessions account);
    }

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SoakOptions options;
    private final Sending sending;
    private final Setting setting;
    private final SoakFaults faults;
    private final Map<String, Session> sessions = new HashMap<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final LongAdder rateWaits = new LongAdder();
    private final List<String> broken = new ArrayList<>();

    private SoakRun(SoakOptions options, Sending sending, Setting setting) {
        this.options = options;
        this.sending = sending;
        this.setting = setting;
        this.faults = new SoakFaults(options.seed(), options.faultRate());
    }

    /** Runs one round of what is on the class path. */
    static SoakResult of(SoakOptions options) {
        return of(options, (session, message) -> Transport.send(message), account -> account);
    }

    /** Runs one round of another way to send. */
    static SoakResult of(SoakOptions options, Sending sending, Setting setting) {
        return new SoakRun(options, sending, setting).run();
    }

    private SoakResult run() {
        LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");
        leaks.begin();
        DeliveryListener listener = event -> {
            if (event instanceof DeliveryEvent.Waiting waiting
                    && waiting.reason().equals("rate")) {
                rateWaits.increment();
            }
        };
        ResilientMail.addListener(listener);
        try (ScriptedSmtpServer server = leaks.closeAfterwards(server())) {
            server.faultsFrom(faults);
            prepare(server);
            long begin = System.nanoTime();
            call();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            ResilientMail.closeAll();
            findLeftovers(server, leaks);
            return judge(server, took);
        } finally {
            ResilientMail.removeListener(listener);
        }
    }

    private static ScriptedSmtpServer server() {
        var builder = ScriptedSmtpServer.builder().extension("PIPELINING").requireAuth();
        SoakAccount.ALL.forEach(account -> builder.user(account.name(), account.password()));
        return builder.start();
    }

    private void prepare(ScriptedSmtpServer server) {
        for (SoakAccount account : SoakAccount.ALL) {
            for (boolean partial : new boolean[] {true, false}) {
                for (boolean knows : new boolean[] {true, false}) {
                    String password = knows ? account.password() : "a guess";
                    sessions.put(
                            key(account, partial, knows),
                            setting.of(account.settings(server, partial, password))
                                    .session());
                }
            }
        }
    }

    private static String key(SoakAccount account, boolean partial, boolean knowsPassword) {
        return account.name() + partial + knowsPassword;
    }

    private void call() {
        ExecutorService callers = Executors.newFixedThreadPool(options.threads());
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < options.threads(); i++) {
            callers.execute(() -> {
                for (int number = next.getAndIncrement();
                        number < options.messages();
                        number = next.getAndIncrement()) {
                    calls.add(call(Order.draw(options.seed(), number)));
                }
            });
        }
        callers.shutdown();
        try {
            long rounds = 1 + options.messages() / 20_000;
            if (!callers.awaitTermination(PATIENCE.multipliedBy(rounds).toSeconds(), TimeUnit.SECONDS)) {
                callers.shutdownNow();
                broken.add("hung: calls have not come to an end");
            }
        } catch (InterruptedException e) {
            callers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Call call(Order order) {
        Session session = sessions.get(key(order.account(), order.partial(), order.knowsPassword()));
        try {
            sending.send(session, order.message(session));
            return Call.returned(order);
        } catch (MessagingException | RuntimeException e) {
            return Call.threw(order, e);
        }
    }

    private void findLeftovers(ScriptedSmtpServer server, LeakCheck leaks) {
        try {
            leaks.assertNothingLeft();
        } catch (AssertionError e) {
            broken.add("leak: " + e.getMessage());
        }
        for (SoakAccount account : SoakAccount.ALL) {
            PoolStatus status = SharedPools.status("smtp", server.host(), server.port(), account.name());
            if (!status.equals(new PoolStatus(0, 0, 0, 0))) {
                broken.add("leak: the pool of " + account.name() + " has " + status);
            }
        }
    }

    private SoakResult judge(ScriptedSmtpServer server, Duration took) {
        if (calls.size() != options.messages()) {
            broken.add("lost: " + calls.size() + " of " + options.messages() + " calls came to an end");
        }
        Verdict verdict = Verdict.on(calls, server.account().accepted(), faults::doubts);
        broken.addAll(verdict.broken());
        List<SessionRecord> ended = server.account().sessions().stream()
                .filter(SessionRecord::isEnded)
                .toList();
        List<LimitWatch.Peak> peaks = SoakAccount.ALL.stream()
                .map(account -> LimitWatch.peak(account, ended))
                .toList();
        for (LimitWatch.Peak peak : peaks) {
            broken.addAll(peak.broken());
            if (peak.sessions() > peak.account().maxSessions()) {
                broken.add("crowd: " + LimitWatch.crowd(peak.account(), ended));
            }
        }
        int allowed =
                SoakAccount.ALL.stream().mapToInt(SoakAccount::maxSessions).sum();
        int together = Span.mostAtOnce(ended.stream().map(LimitWatch::open).toList());
        if (together > allowed) {
            broken.add("limit: " + together + " sessions at once over all accounts, allowed: " + allowed);
        }
        return new SoakResult(
                options,
                took,
                countByKind(calls),
                countByState(calls),
                (int) calls.stream().filter(c -> !c.order().knowsPassword()).count(),
                verdict.repeated(),
                faults.commands(),
                faults.drawn(),
                server.account().opened(),
                rateWaits.sum(),
                peaks,
                broken);
    }

    private static Map<String, Integer> countByKind(Collection<Call> calls) {
        Map<String, Integer> counts = new TreeMap<>();
        calls.stream().filter(c -> c.order().knowsPassword()).forEach(c -> counts.merge(c.kind(), 1, Integer::sum));
        return counts;
    }

    private static Map<RecipientState, Integer> countByState(Collection<Call> calls) {
        Map<RecipientState, Integer> counts = new EnumMap<>(RecipientState.class);
        calls.stream()
                .filter(c -> c.order().knowsPassword())
                .flatMap(c -> c.told().values().stream())
                .forEach(state -> counts.merge(state, 1, Integer::sum));
        return counts;
    }
}
