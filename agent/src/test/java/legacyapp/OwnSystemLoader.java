package legacyapp;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;

/** What an application server names by {@code -Djava.system.class.loader}. */
public final class OwnSystemLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    /** As the JVM makes it: above the loader of the class path. */
    public OwnSystemLoader(ClassLoader parent) {
        super(new URL[0], parent);
    }

    /** As the JVM calls it for an agent's jar ({@code java.lang.instrument}). */
    void appendToClassPathForInstrumentation(String jar) throws MalformedURLException {
        addURL(new File(jar).toURI().toURL());
    }
}
