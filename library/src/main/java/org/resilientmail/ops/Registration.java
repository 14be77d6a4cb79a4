package org.resilientmail.ops;

import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.util.Optional;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * An MXBean in the platform's server, until it is ended or what it shows is collected. The only class that loads
 * {@code javax.management}; nobody loads it before there is something to show. Thread-safe.
 */
final class Registration {

    private static final String NAME = "org.resilientmail:type=ResilientMail,id=";

    private static final String BUILDER = "javax.management.builder.initial";

    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable end;

    private Registration(Cleaner.Cleanable end) {
        this.end = end;
    }

    /**
     * Registers, if the platform's server may be asked for.
     *
     * @param application what to call it
     * @param counters what to show
     * @param operated what to show and to operate; not kept
     * @return the registration; empty when it is too early
     * @throws JMException if it cannot be registered
     */
    static Optional<Registration> make(String application, Counters counters, Operated operated) throws JMException {
        if (isTooEarly()) {
            return Optional.empty();
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = register(server, new OperationBean(application, counters, operated));
        return Optional.of(new Registration(CLEANER.register(operated, () -> unregister(server, name))));
    }

    /** A container that brings its own server makes it first: made by us, it would have the wrong class, or none. */
    private static boolean isTooEarly() {
        return System.getProperty(BUILDER) != null
                && MBeanServerFactory.findMBeanServer(null).isEmpty();
    }

    /** Several class loaders of one JVM may each have one. */
    private static ObjectName register(MBeanServer server, ResilientMailMXBean bean) throws JMException {
        for (int id = 1; ; id++) {
            ObjectName name = new ObjectName(NAME + id);
            try {
                server.registerMBean(bean, name);
                return name;
            } catch (InstanceAlreadyExistsException taken) {
                // the next one then
            }
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody was faster
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    void end() {
        end.clean();
    }
}
