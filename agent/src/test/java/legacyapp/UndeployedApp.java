package legacyapp;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The application as a container has it: in a class loader that is dropped when the application has ended. */
public final class UndeployedApp {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private UndeployedApp() {}

    /** Says what the management bean shows after the sends, and how many there are after the loader is gone. */
    public static void main(String[] batches) throws Exception {
        WeakReference<ClassLoader> loader = deployed(batches);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while ((!beans().isEmpty() || loader.get() != null) && System.nanoTime() < end) {
            System.gc();
            Thread.yield();
        }
        System.out.println("beans=" + beans().size() + " loader=" + (loader.get() == null ? "collected" : "kept"));
    }

    private static WeakReference<ClassLoader> deployed(String[] batches) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(
                urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent())) {
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass("legacyapp.LegacyApp")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) batches);
            for (ObjectName bean : beans()) {
                System.out.println(bean + "=" + server().getAttribute(bean, "AcceptedEnvelopes") + " "
                        + server().getAttribute(bean, "Application"));
            }
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
    }

    private static Set<ObjectName> beans() throws Exception {
        return server().queryNames(new ObjectName("org.resilientmail:*"), null);
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
