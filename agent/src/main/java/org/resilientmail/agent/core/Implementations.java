package org.resilientmail.agent.core;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who takes the calls of a transport class. Kept with the class itself, so that nothing of ours keeps a web application
 * that is undeployed. Thread-safe.
 */
final class Implementations {

    private static final String OURS = "org.resilientmail.";
    private static final Set<String> TRANSPORTS =
            Set.of("com.sun.mail.smtp.SMTPTransport", "org.eclipse.angus.mail.smtp.SMTPTransport");

    /** Steps of the conversation that a subclass may have changed; a pooled session would not take them. */
    private static final Set<String> STEPS = Set.of(
            "ehlo",
            "helo",
            "startTLS",
            "mailFrom",
            "rcptTo",
            "data",
            "finishData",
            "bdat",
            "finishBdat",
            "sendCommand",
            "simpleCommand",
            "issueCommand",
            "readServerResponse",
            "supportsAuthentication",
            "checkConnected");

    private final Instrumentation instrumentation;
    private final Supplier<Properties> system;
    private final ClassFiles classFiles = new ClassFiles(Implementations.class.getClassLoader());
    private final ClassValue<Taker> takers = new ClassValue<>() {
        @Override
        protected Taker computeValue(Class<?> type) {
            return takerOf(type);
        }
    };

    Implementations(Instrumentation instrumentation, Supplier<Properties> system) {
        this.instrumentation = instrumentation;
        this.system = system;
    }

    /** Who takes the calls of objects of this class; {@code null}: nobody, they are left alone. */
    TransportCalls of(Class<?> type) {
        return takers.get(type).calls();
    }

    private Taker takerOf(Class<?> type) {
        if (TRANSPORTS.contains(type.getName())) {
            return made(type);
        }
        if (type.getName().startsWith(OURS)) {
            return Taker.NOBODY; // the application uses the library itself, or this is one of the pooled sessions
        }
        return isImplementations(type) || keepsTheSteps(type) ? takers.get(type.getSuperclass()) : Taker.NOBODY;
    }

    private static boolean isImplementations(Class<?> type) {
        return type.getSuperclass().getPackageName().equals(type.getPackageName())
                && type.getClassLoader() == type.getSuperclass().getClassLoader();
    }

    private static boolean keepsTheSteps(Class<?> type) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (STEPS.contains(method.getName())) {
                    return false;
                }
            }
            return true;
        } catch (LinkageError unreadable) {
            return false;
        }
    }

    private Taker made(Class<?> transport) {
        try {
            MailLoader loader = new MailLoader(transport, classFiles);
            loader.open(instrumentation);
            loader.check();
            return new Taker(loader.calls(system));
        } catch (Exception | LinkageError e) {
            Notice.failed("cannot serve " + transport.getName() + " of " + transport.getClassLoader(), e);
            return Taker.NOBODY;
        }
    }

    /** A class value may be {@code null}, and would then be asked for again at every call. */
    private record Taker(TransportCalls calls) {
        static final Taker NOBODY = new Taker(null);
    }
}
