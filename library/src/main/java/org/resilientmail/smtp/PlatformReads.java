package org.resilientmail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads for virtual threads. Java closes the socket in which a virtual thread waits when the thread is interrupted;
 * where a message was handed over whole, that would lose the verdict on it. So a platform thread waits in the socket,
 * and the virtual one for that. There are no more of them than sessions in use.
 */
final class PlatformReads {

    /** {@code Thread.isVirtual}, or {@code null} before Java 21. */
    private static final MethodHandle IS_VIRTUAL = isVirtual();

    private PlatformReads() {}

    private static MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Whether this thread is virtual. */
    static boolean areNeeded() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new IllegalStateException(e); // the method throws nothing
        }
    }

    /** Reads as the stream does; an interrupt of this thread changes nothing, and is kept. */
    static int read(InputStream in, byte[] bytes, int offset, int length) throws IOException {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Pool.EXECUTOR.execute(() -> {
            try {
                result.complete(in.read(bytes, offset, length));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e;
        }
    }

    private static final class Pool {

        static final Executor EXECUTOR = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new TimeOuts.Daemons("resilient-mail-reply"));
    }
}
