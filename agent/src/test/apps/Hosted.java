import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;

/** What a container of the tests does with an application it has a class loader for. */
final class Hosted {

    private Hosted() {}

    /** Runs the application as its container would: with its class loader for the thread. Batches stand between commas. */
    static WeakReference<ClassLoader> run(ClassLoader loader, String batches) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            loader.loadClass("legacyapp.LegacyApp")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) batches.split(","));
        } finally {
            thread.setContextClassLoader(before);
        }
        return new WeakReference<>(loader);
    }

    /** Whether it is collected once nobody should hold it; sessions end by being idle first. */
    static boolean isCollected(WeakReference<ClassLoader> loader) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (loader.get() != null && System.nanoTime() - end < 0) {
            System.gc();
            LockSupport.parkNanos(100_000_000);
        }
        return loader.get() == null;
    }
}
