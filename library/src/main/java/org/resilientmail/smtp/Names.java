package org.resilientmail.smtp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Looks names up with a deadline. Java's look-up has none, heeds no interrupt and cannot be broken off, so it is done by
 * a thread of its own, which is left behind when it hangs. All who wait for the same name wait for the same look-up, and
 * there are never more than {@value #THREADS} of them: a resolver that hangs costs a few threads, not one for each call.
 */
final class Names {

    static final int THREADS = 16;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final ConcurrentMap<String, CompletableFuture<?>> UNDER_WAY = new ConcurrentHashMap<>();

    private static final FreshNames FRESH = new FreshNames(FreshNames.javasMemory());

    private Names() {}

    /**
     * The first address of a host, as {@code new InetSocketAddress(host, port)} finds it; unresolved when there is none.
     *
     * @throws SocketTimeoutException if it is not found in time
     * @throws InterruptedIOException if interrupted meanwhile; the thread's interrupt status is set then
     */
    static InetSocketAddress endpoint(String host, int port, Deadline deadline) throws IOException {
        try {
            return new InetSocketAddress(address(host, deadline), port);
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    /** Whether Java knows a name, so that who asks for it need not wait. */
    static boolean isKnown(String host) {
        return isLiteral(host) || FRESH.has(host, System.nanoTime());
    }

    /** The first address of a host; see {@link #endpoint}. */
    static InetAddress address(String host, Deadline deadline) throws IOException {
        if (isLiteral(host)) {
            return InetAddress.getByName(host);
        }
        long asked = System.nanoTime();
        InetAddress found = lookUp(host, "host " + host, () -> InetAddress.getByName(host), deadline);
        FRESH.note(host, asked);
        return found;
    }

    /**
     * The name of this host, as Angus finds it.
     *
     * @param local the address it has towards the relay, for want of a name
     */
    static String ofThisHost(InetAddress local, Deadline deadline) throws IOException {
        return lookUp("this host, " + local, "the name of this host", () -> nameOfThisHost(local), deadline);
    }

    private static String nameOfThisHost(InetAddress local) {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return local.getCanonicalHostName();
        }
    }

    /** Numbers are not looked up. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static <T> T lookUp(String key, String what, Callable<T> work, Deadline deadline) throws IOException {
        CompletableFuture<?> result = join(key, work);
        // Who was interrupted before sends all the same; see Interruption.
        boolean interruptedBefore = Thread.interrupted();
        try {
            @SuppressWarnings("unchecked") // a key stands for one kind of work
            T found = (T) result.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
            return found;
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("Looking up " + what + " takes too long");
        } catch (InterruptedException e) {
            interruptedBefore = true;
            throw new InterruptedIOException("Interrupted while looking up " + what);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                // One of its own for each who waited, with his stack.
                throw (IOException) new UnknownHostException(unknown.getMessage()).initCause(unknown);
            }
            throw new IOException("Looking up " + what + " failed", e.getCause());
        } finally {
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> CompletableFuture<?> join(String key, Callable<T> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> others = UNDER_WAY.putIfAbsent(key, mine);
        if (others != null) {
            return others;
        }
        Runnable task = () -> {
            try {
                mine.complete(work.call());
            } catch (Throwable e) {
                mine.completeExceptionally(e);
            } finally {
                UNDER_WAY.remove(key, mine);
            }
        };
        try {
            Pool.EXECUTOR.execute(task);
        } catch (OutOfMemoryError noThread) {
            task.run(); // better without a deadline than not at all
        }
        return mine;
    }

    /** Threads that end when there is nothing to look up. */
    private static final class Pool {

        static final Executor EXECUTOR = make();

        private static Executor make() {
            ThreadPoolExecutor executor = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new TimeOuts.Daemons("resilient-mail-name-look-up"));
            executor.allowCoreThreadTimeOut(true);
            return executor;
        }
    }
}
