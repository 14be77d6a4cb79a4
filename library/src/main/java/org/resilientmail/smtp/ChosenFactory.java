package org.resilientmail.smtp;

import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.PropUtil;
import org.eclipse.angus.mail.util.SocketFetcher;

/**
 * The application's socket factory for a connection, by the same properties and in the same order in which Angus'
 * SocketFetcher looks for it.
 *
 * @param factory the factory, or {@code null} if the application has none
 * @param port the port to connect to with it
 */
record ChosenFactory(SocketFactory factory, int port) {

    /**
     * Looks for it.
     *
     * @param properties the properties
     * @param prefix such as {@code mail.smtp.}
     * @param tls whether TLS comes first
     * @param port the port, where the properties name no other for the factory
     * @throws ReflectiveOperationException if the class that is named does not give one
     */
    static ChosenFactory of(Properties properties, String prefix, boolean tls, int port)
            throws ReflectiveOperationException {
        SocketFactory secure = tls ? named(properties, prefix + "ssl.socketFactory") : null;
        if (secure != null) {
            return new ChosenFactory(secure, port(properties, prefix + "ssl.socketFactory.port", port));
        }
        SocketFactory any = named(properties, prefix + "socketFactory");
        return new ChosenFactory(any, any == null ? port : port(properties, prefix + "socketFactory.port", port));
    }

    /** Whether it makes TLS out of a connection, rather than the connection. */
    boolean isSecuring() {
        return factory instanceof SSLSocketFactory;
    }

    private static int port(Properties properties, String name, int otherwise) {
        int port = PropUtil.getIntProperty(properties, name, -1);
        return port == -1 ? otherwise : port;
    }

    private static SocketFactory named(Properties properties, String name) throws ReflectiveOperationException {
        if (properties.get(name) instanceof SocketFactory instance) {
            return instance;
        }
        String className = properties.getProperty(name + ".class");
        return className == null || className.isEmpty() ? null : ofClass(className);
    }

    private static SocketFactory ofClass(String name) throws ReflectiveOperationException {
        return (SocketFactory) load(name).getMethod("getDefault").invoke(null);
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader applications = Thread.currentThread().getContextClassLoader();
        if (applications != null) {
            try {
                return Class.forName(name, false, applications);
            } catch (ClassNotFoundException e) {
                // Angus' own loader may know it.
            }
        }
        return Class.forName(name, true, SocketFetcher.class.getClassLoader());
    }
}
