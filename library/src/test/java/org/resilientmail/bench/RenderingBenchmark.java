package org.resilientmail.bench;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.util.CRLFOutputStream;
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
import org.resilientmail.smtp.FrozenMessage;
import org.resilientmail.testkit.Messages;

/**
 * What it costs to render a message of 2 KB: as Angus writes it to the wire ({@code angus}), and as it is kept for all
 * attempts ({@code frozen}). Run its {@code main} with the test class path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class RenderingBenchmark {

    private MimeMessage message;

    /** Makes the message. */
    @Setup
    public void prepare() throws MessagingException {
        message = Messages.ofSize(Session.getInstance(new Properties()), 2048);
        message.saveChanges();
    }

    /** To nowhere. */
    @Benchmark
    public void angus() throws MessagingException, IOException {
        message.writeTo(new CRLFOutputStream(OutputStream.nullOutputStream()));
    }

    /** To memory, with what else is looked up once. */
    @Benchmark
    public long frozen() throws MessagingException, IOException {
        try (FrozenMessage frozen = FrozenMessage.of(message, false)) {
            return frozen.size();
        }
    }

    /**
     * Runs the benchmark with the allocation per call.
     *
     * @param args not used
     * @throws RunnerException if it cannot be run
     */
    public static void main(String[] args) throws RunnerException {
        Jmh.runWithAllocation(RenderingBenchmark.class);
    }
}
