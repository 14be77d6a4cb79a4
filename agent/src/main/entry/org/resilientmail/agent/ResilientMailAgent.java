package org.resilientmail.agent;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM starts: the only class of this project, with its class loader, on the application's class path. Compiled
 * for old class files, so that an old JVM can read it and say what it needs.
 *
 * <p>Waits for the first transport class and does nothing before: an application that sends no mail pays for one look at
 * the name of each class it loads. Whatever fails in here leaves the application as it was.
 */
public final class ResilientMailAgent implements ClassFileTransformer {

    private static final String CORE = "org.resilientmail.agent.core.Core";

    private static boolean started;
    /** Of the agent that is here; {@code null}: it named none. */
    private static String configured;

    private final Instrumentation instrumentation;
    private final String argument;
    private final File jar;
    /** Whether it has been said that the argument names no file. */
    private volatile boolean saidSo;
    /** Made with the first transport class; guarded by this. */
    private ClassFileTransformer core;
    /** Guarded by this. */
    private boolean broken;

    private ResilientMailAgent(Instrumentation instrumentation, String argument, File jar) {
        this.instrumentation = instrumentation;
        this.argument = argument;
        this.jar = jar;
    }

    /**
     * Called by the JVM before {@code main}, for {@code -javaagent:resilient-mail-agent.jar=FILE}.
     *
     * @param argument the configuration file, or {@code null}
     * @param instrumentation the JVM's instrumentation
     */
    public static void premain(String argument, Instrumentation instrumentation) {
        begin(stripped(argument), instrumentation, false);
    }

    /**
     * Called by a JVM that was attached to.
     *
     * @param argument the configuration file, or {@code null}
     * @param instrumentation the JVM's instrumentation
     */
    public static void agentmain(String argument, Instrumentation instrumentation) {
        begin(stripped(argument), instrumentation, true);
    }

    private static String stripped(String argument) {
        return argument == null || argument.trim().isEmpty() ? null : argument.trim();
    }

    private static synchronized void begin(String argument, Instrumentation instrumentation, boolean attached) {
        try {
            if (isToolOfTheJdk()) {
                return;
            }
            if (started) {
                if (attached) {
                    sayThatItIsHere(argument);
                }
                return;
            }
            started = true;
            configured = argument;
            if (JavaVersion.isTooOld()) {
                say(JavaVersion.WHAT_IS_NEEDED + "; mail is sent without it");
                return;
            }
            File jar = new File(ResilientMailAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            ResilientMailAgent agent = new ResilientMailAgent(instrumentation, argument, jar);
            instrumentation.addTransformer(agent, true);
            agent.greet();
            agent.catchUp();
        } catch (Throwable e) { // whatever it is, the application is to start
            sayThatItFailed(e);
        }
    }

    /** {@code JAVA_TOOL_OPTIONS} reaches javac, jar, jstack and the like, whose output others read. */
    private static boolean isToolOfTheJdk() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }

    /** Who attaches looks for an answer, and the file that was named is not read. */
    private static void sayThatItIsHere(String argument) {
        if (argument != null && !isConfigured(argument) && !new Greeting(argument).isQuiet()) {
            say("is here already" + (configured == null ? "" : ", with " + configured) + "; " + argument
                    + " is not read");
        }
    }

    /** The tool names files by their whole path. */
    private static boolean isConfigured(String argument) {
        return configured != null
                && new File(argument).getAbsoluteFile().equals(new File(configured).getAbsoluteFile());
    }

    private void greet() {
        Greeting greeting = new Greeting(argument);
        if (!greeting.isQuiet()) {
            say(greeting.toString());
            saidSo = greeting.isWithoutFile();
        }
    }

    /** Transport classes that were there before us get their change now. */
    private void catchUp() {
        List<Class<?>> late = new ArrayList<Class<?>>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isTransport(loaded.getName().replace('.', '/'))) {
                late.add(loaded);
            }
        }
        for (Class<?> transport : late) {
            try {
                instrumentation.retransformClasses(transport);
            } catch (UnmodifiableClassException e) {
                sayThatItFailed(e);
            }
        }
    }

    private static boolean isTransport(String className) {
        return className.endsWith("/mail/smtp/SMTPTransport")
                && (className.equals("com/sun/mail/smtp/SMTPTransport")
                        || className.equals("org/eclipse/angus/mail/smtp/SMTPTransport"));
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (className == null || !isTransport(className)) {
            return null;
        }
        try {
            ClassFileTransformer instance = core();
            return instance == null ? null : instance.transform(loader, className, redefined, domain, classFile);
        } catch (Throwable e) { // whatever it is, the class is to be loaded
            sayThatItFailed(e);
            return null;
        }
    }

    private synchronized ClassFileTransformer core() throws Exception {
        if (core == null && !broken) {
            broken = true; // until it is known better: it is tried once
            HiddenClasses hidden = new HiddenClasses(jar);
            hidden.keepForLater();
            Class<?> type = hidden.loadClass(CORE);
            core = (ClassFileTransformer) type.getConstructor(Instrumentation.class, String.class, boolean.class)
                    .newInstance(instrumentation, argument, saidSo);
            broken = false;
        }
        return core;
    }

    private static void sayThatItFailed(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        try {
            say("does not work here (" + cause + "); mail is sent without it");
        } catch (Throwable cannotSpeak) {
            // then without a word
        }
    }

    /** One line on stderr: stdout is the application's, and no logging may be touched before it does. */
    private static void say(String text) {
        System.err.println("resilient-mail agent: " + text);
    }
}
