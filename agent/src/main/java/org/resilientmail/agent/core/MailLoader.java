package org.resilientmail.agent.core;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The library's mail-facing classes for one mail implementation, in that implementation's name space, beside it: mail
 * classes come from where its own come from, everything that knows no mail is shared with all others. Lives and dies with
 * the application, which nothing of the agent holds.
 */
final class MailLoader extends ClassLoader {

    private static final String OURS = "org.resilientmail.";
    private static final String CALLS = OURS + "agent.mail.Faces";

    /** Ours, and without mail: one for all applications. */
    private static final Set<String> SHARED = Set.of("agent.core", "cli", "config", "ops", "policy", "pool", "reply");

    static {
        registerAsParallelCapable();
    }

    private final Class<?> transport;
    private final ClassFiles classFiles;
    private final NameSpace names;

    MailLoader(Class<?> transport, ClassFiles classFiles) {
        super("resilient-mail", transport.getClassLoader());
        this.transport = transport;
        this.classFiles = classFiles;
        this.names = NameSpace.of(transport);
    }

    /** Opens the implementation's packages to us; without modules they are open. */
    void open(Instrumentation instrumentation) {
        for (Class<?> type = transport; type != Object.class; type = type.getSuperclass()) {
            Module module = type.getModule();
            if (module.isNamed()) {
                Map<String, Set<Module>> opened = Map.of(type.getPackageName(), Set.of(getUnnamedModule()));
                instrumentation.redefineModule(module, Set.of(), opened, opened, Set.of(), Map.of());
            }
        }
    }

    /**
     * Looks whether all is there before a message is touched: what came to light in the middle of a send could not be
     * helped by sending without us any more.
     */
    void check() throws IOException, ClassNotFoundException {
        for (String classFile : classFiles.lines("classes-for-mail.txt")) {
            loadClass(classFile.substring(0, classFile.lastIndexOf('.')));
        }
    }

    TransportCalls calls(Supplier<Properties> system) throws ReflectiveOperationException {
        return (TransportCalls)
                loadClass(CALLS).getConstructor(Class.class, Supplier.class).newInstance(transport, system);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return applications(name, resolve);
        }
        if (isShared(name)) {
            return MailLoader.class.getClassLoader().loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    /** Strict loaders show an application only what it asked for; we need more of the JDK than mail does. */
    private Class<?> applications(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException hidden) {
            try {
                return getPlatformClassLoader().loadClass(name);
            } catch (ClassNotFoundException nowhere) {
                throw hidden;
            }
        }
    }

    static boolean isShared(String name) {
        int dot = name.lastIndexOf('.');
        return dot > OURS.length() && SHARED.contains(name.substring(OURS.length(), dot));
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] original = classFiles.find(MissingMembers.classFileOf(name));
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] classFile = names.moved(original);
            return defineClass(name, classFile, 0, classFile.length, MailLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
