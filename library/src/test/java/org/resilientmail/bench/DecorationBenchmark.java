package org.resilientmail.bench;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;
import org.resilientmail.ResilientMail;
import org.resilientmail.config.RateWindow;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.pool.Housekeeper;
import org.resilientmail.pool.Lease;
import org.resilientmail.pool.PoolLimits;
import org.resilientmail.pool.SessionPool;
import org.resilientmail.testkit.Messages;

/**
 * What a send costs beyond the transport below, in time and allocation: by a transport that does nothing ({@code bare}),
 * by the same decorated, with retry and two rates ({@code decorated}), and what leasing a session adds where there is a
 * pool ({@code lease}). Run its {@code main} with the test class path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class DecorationBenchmark {

    private static final PoolLimits LIMITS =
            new PoolLimits(4, Integer.MAX_VALUE, Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(30));

    private final SessionPool<String> pool = new SessionPool<>(
            (session, uses, reason) -> {},
            new Housekeeper("benchmark", () -> {}, () -> {}),
            Runnable::run,
            System::nanoTime);
    private Transport bare;
    private Transport decorated;
    private Message message;
    private Address[] recipients;

    /** Takes every message. */
    private static final class Nothing extends Transport {

        Nothing(Session session) {
            super(session, new URLName("nothing", "localhost", 25, null, null, null));
        }

        @Override
        protected boolean protocolConnect(String host, int port, String user, String password) {
            return true;
        }

        @Override
        public void sendMessage(Message message, Address[] addresses) {
            // that is all
        }
    }

    /** Connects both. */
    @Setup
    public void prepare() throws MessagingException {
        Session session = Session.getInstance(new Properties());
        ResilientConfig config = ResilientConfig.builder()
                .rateMessages(new RateWindow(1_000_000_000, Duration.ofSeconds(1)))
                .rateRecipients(new RateWindow(1_000_000_000, Duration.ofSeconds(1)))
                .build();
        bare = new Nothing(session);
        bare.connect("localhost", 25, "alice", "sesame");
        decorated = ResilientMail.decorate(session, new Nothing(session), config);
        decorated.connect("localhost", 25, "alice", "sesame");
        message = Messages.to(session);
        message.saveChanges();
        recipients = message.getAllRecipients();
    }

    /** The transport below. */
    @Benchmark
    public void bare() throws MessagingException {
        bare.sendMessage(message, recipients);
    }

    /** The same, decorated. */
    @Benchmark
    public void decorated() throws MessagingException {
        decorated.sendMessage(message, recipients);
    }

    /** A session taken and given back. */
    @Benchmark
    public int lease() throws Exception {
        Lease<String> lease =
                pool.lease("key", LIMITS, System.nanoTime() + 30_000_000_000L, nanos -> {}, () -> "session");
        lease.countUse();
        lease.giveBack();
        return lease.uses();
    }

    /**
     * Runs the benchmark with the allocation per call.
     *
     * @param args not used
     * @throws RunnerException if it cannot be run
     */
    public static void main(String[] args) throws RunnerException {
        Jmh.runWithAllocation(DecorationBenchmark.class);
    }
}
