package org.resilientmail.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves threads or connections behind. Register it on a field that is not static; it is for one test
 * at a time.
 *
 * <pre>{@code
 * @RegisterExtension
 * final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");
 *
 * final ScriptedSmtpServer server = leaks.closeAfterwards(ScriptedSmtpServer.start());
 * }</pre>
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private final String prefix;
    private final Duration patience;
    private final List<ScriptedSmtpServer> servers = new ArrayList<>();
    private Set<Thread> before = Set.of();

    private LeakCheck(String prefix, Duration patience) {
        this.prefix = prefix;
        this.patience = patience;
    }

    /** Looks after threads whose names begin so; those that lived before the test do not count. */
    public static LeakCheck ofThreads(String prefix) {
        return new LeakCheck(prefix, Duration.ofSeconds(10));
    }

    /** The same, but waits only so long for a thread or a connection to end. */
    public static LeakCheck ofThreads(String prefix, Duration patience) {
        return new LeakCheck(prefix, patience);
    }

    /** Closes the server after the test, and fails it if the client side has left a connection open by then. */
    public ScriptedSmtpServer closeAfterwards(ScriptedSmtpServer server) {
        servers.add(server);
        return server;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            assertNothingLeft();
        } finally {
            servers.forEach(ScriptedSmtpServer::close);
        }
    }

    /** Notes which threads there are; for use without JUnit's help. */
    public void begin() {
        before = threads();
    }

    /**
     * Waits for the new threads and the connections to end.
     *
     * @throws AssertionError if one is still there when the patience is at its end
     */
    public void assertNothingLeft() {
        long deadline = System.nanoTime() + patience.toNanos();
        for (ScriptedSmtpServer server : servers) {
            server.account().awaitOpenSockets(0, patience);
        }
        Set<Thread> left = leftOver();
        while (!left.isEmpty()) {
            for (Thread thread : left) {
                join(thread, deadline);
            }
            left = leftOver();
        }
    }

    private void join(Thread thread, long deadline) {
        // At least a millisecond: zero would wait for ever.
        long millis = Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
        }
        if (thread.isAlive() && System.nanoTime() - deadline >= 0) {
            throw new AssertionError("left behind: "
                    + leftOver().stream().map(LeakCheck::describe).collect(Collectors.joining("\n")));
        }
    }

    private static String describe(Thread thread) {
        return thread.getName() + " (" + thread.getState() + ")"
                + Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    private Set<Thread> leftOver() {
        Set<Thread> left = threads();
        left.removeAll(before);
        return left;
    }

    private Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
