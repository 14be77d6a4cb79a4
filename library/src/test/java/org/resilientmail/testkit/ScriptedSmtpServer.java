package org.resilientmail.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server on the loopback address that behaves, until its script says otherwise, and that keeps an account of
 * what reached it. Any number of clients at once. Thread-safe.
 *
 * <pre>{@code
 * try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
 *     server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
 *     server.on(Step.MAIL).session(1).message(21).replyThenClose("421 4.7.0 Too many messages, closing connection");
 *     ...
 *     assertThat(server.account().duplicates()).isEmpty();
 * }
 * }</pre>
 */
public final class ScriptedSmtpServer implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ServerSettings settings;
    private final Monitor monitor = new Monitor();
    private final Script script = new Script(monitor);
    private final ServerAccount account = new ServerAccount(monitor);
    private final Admission admission;
    private final ExecutorService executor;
    private final Set<Conversation> conversations = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final int port;
    private ServerSocket listener;
    private Future<?> accepting;
    private Socket placeholder;
    private boolean closed;
    private volatile boolean impersonated;

    ScriptedSmtpServer(ServerSettings settings) {
        this.settings = settings;
        this.admission = new Admission(settings.sessions().max());
        // What comes after the closing is dropped: its socket is closed already.
        this.executor = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                ScriptedSmtpServer::newThread,
                new ThreadPoolExecutor.DiscardPolicy());
        if (settings.implicitTls() || settings.startTls()) {
            TestCertificate.serverContext(); // made now, so that no handshake has to wait for it
        }
        listener = bind();
        port = listener.getLocalPort();
        accepting = accept(listener);
    }

    /** A server in plain text, without AUTH and without limits. */
    public static ScriptedSmtpServer start() {
        return builder().start();
    }

    /** For a server of another kind. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** The address it listens on. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port it listens on, chosen by the operating system. */
    public int port() {
        return port;
    }

    /** Whether it speaks TLS from the first byte. */
    public boolean isImplicitTls() {
        return settings.implicitTls();
    }

    /** Begins a rule for a step. Rules are asked in the order in which they were completed; the first that fits acts. */
    public RuleBuilder on(Step step) {
        return new RuleBuilder(script, step);
    }

    /** Has this decide, wherever no rule acts, whether something goes wrong. Several are asked one after the other. */
    public void faultsFrom(FaultSource source) {
        script.add(source);
    }

    /** Holds every session that comes to the step until it is let go. The step's rule acts after that. */
    public Gate holdAt(Step step) {
        return holdAt(step, encounter -> true);
    }

    /** Holds the sessions for which the condition holds. */
    public Gate holdAt(Step step, Predicate<Encounter> condition) {
        Gate gate = new Gate(monitor, step, condition);
        script.add(gate);
        return gate;
    }

    /** From the next handshake on shows somebody else's certificate: one for {@code mx.other.example}. */
    public void showAnotherName() {
        impersonated = true;
    }

    private SSLContext certificate() {
        return impersonated ? TestCertificate.contextOfAnotherName() : TestCertificate.serverContext();
    }

    /** What reached the server. Can be read after the server is closed. */
    public ServerAccount account() {
        return account;
    }

    /**
     * Ends all open sessions from the server's side, as a server does that is shut down or has waited too long.
     *
     * @param reply what is said first, such as {@code 421 4.3.2 Shutting down}; empty to say nothing
     */
    public void hangUp(String reply) {
        open().forEach(conversation -> conversation.hangUp(reply));
    }

    /** Resets the connections of all open sessions. */
    public void resetAll() {
        open().forEach(Conversation::reset);
    }

    /** Refuses connections from now on; the sessions that are open go on. */
    public void stopListening() {
        Future<?> acceptor = monitor.changing(() -> {
            closeSocket(listener);
            return accepting;
        });
        try {
            // An accept() that is still blocked keeps the port open for one connection more.
            acceptor.get(Monitor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the server did not stop listening", e);
        }
        placeholder = takePlace();
    }

    /** Keeps others in this machine from being given the port meanwhile; who connects to it is refused. */
    private Socket takePlace() {
        Socket[] place = new Socket[1];
        Eventually.until("port " + port + " is free", () -> (place[0] = tryToTakePlace()) != null);
        return place[0];
    }

    /** {@code null} where a connection of somebody else's has been given the port, until that ends. */
    private Socket tryToTakePlace() {
        Socket bound = new Socket();
        try {
            bound.setReuseAddress(true);
            bound.bind(loopback(port));
            return bound;
        } catch (BindException taken) {
            closeSocket(bound);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts connections again, on the same port. */
    public void listenAgain() {
        ServerSocket again = bindAgain(port);
        givePlaceBack();
        monitor.change(() -> {
            listener = again;
            accepting = accept(again);
        });
    }

    /**
     * Ends everything, at once, and waits until no thread is left. Does nothing the second time.
     *
     * @throws AssertionError if a thread stays, or if the server itself failed or was given a script that cannot be
     */
    @Override
    public void close() {
        List<Conversation> left = monitor.changing(() -> {
            closed = true;
            closeSocket(listener);
            return List.copyOf(conversations);
        });
        left.forEach(Conversation::close);
        givePlaceBack();
        script.openAllGates();
        monitor.change(() -> {}); // wakes the sessions that keep silent
        executor.shutdown();
        try {
            if (!executor.awaitTermination(Monitor.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("threads of the server did not end\n" + account.transcript());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while closing", e);
        }
        List<Throwable> failed = monitor.changing(() -> {
            List<Throwable> all = List.copyOf(failures);
            failures.clear();
            return all;
        });
        if (!failed.isEmpty()) {
            AssertionError error = new AssertionError("the scripted server itself failed", failed.get(0));
            failed.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private List<Conversation> open() {
        return monitor.read(() -> List.copyOf(conversations));
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "scripted-smtp-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static ServerSocket bind() {
        try {
            return FreshPorts.listen(BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket bindAgain(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(loopback(port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private void givePlaceBack() {
        if (placeholder != null) {
            closeSocket(placeholder);
        }
    }

    private static void closeSocket(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Future<?> accept(ServerSocket socket) {
        return executor.submit(() -> {
            try {
                while (true) {
                    serve(socket.accept());
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    monitor.change(() -> failures.add(e));
                }
            }
        });
    }

    private void serve(Socket socket) throws IOException {
        SessionRecord record = account.openSession();
        Wire wire;
        try {
            wire = new Wire(socket, record::countRoundTrip);
        } catch (IOException e) {
            record.remark("the client had left before");
            socket.close();
            account.closeSession(record);
            return;
        }
        Conversation conversation =
                new Conversation(settings, this::certificate, script, account, admission, record, wire, executor);
        boolean late = monitor.read(() -> {
            if (!closed) {
                conversations.add(conversation);
                executor.execute(() -> hold(conversation));
            }
            return closed;
        });
        if (late) {
            conversation.close();
            account.closeSession(record);
        }
    }

    private void hold(Conversation conversation) {
        try {
            conversation.hold();
        } catch (RuntimeException | Error e) {
            monitor.change(() -> failures.add(e));
        } finally {
            monitor.change(() -> conversations.remove(conversation));
        }
    }
}
