package org.resilientmail.agent.core;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/**
 * Stand-ins for what an old implementation does not have: classes of Angus 2 under names of ours, methods by static
 * methods of ours that take the object as their first argument, constructors by shorter ones. Speaks the names of Angus
 * 2, so that it comes before the renaming.
 */
final class MissingMembers {

    private static final String MISSING = "org/resilientmail/agent/mail/";
    private static final String METHODS = MISSING + "MissingMethods";
    private static final String API = "jakarta/mail/";
    private static final String ANGUS = "org/eclipse/angus/mail/";
    private static final String ANGUS_UTIL = ANGUS + "util/";

    /** Where Angus' own classes go that an implementation lacks: no name of the application's. */
    private static final String MOVED = "org/resilientmail/agent/angus/";

    private final Map<String, String> classes;
    private final Map<String, String> methods;

    private MissingMembers(Map<String, String> classes, Map<String, String> methods) {
        this.classes = classes;
        this.methods = methods;
    }

    static MissingMembers of(Class<?> transport) {
        Map<String, String> classes = new HashMap<>();
        Map<String, String> methods = new HashMap<>();
        ofApi(transport, classes, methods);
        if (transport.getName().startsWith("com.sun.")) {
            ofImplementation(transport, classes, methods);
        }
        return new MissingMembers(Map.copyOf(classes), Map.copyOf(methods));
    }

    /** Of the interface, which need not be of the implementation's age, nor be one: builds mix them, and send. */
    private static void ofApi(Class<?> transport, Map<String, String> classes, Map<String, String> methods) {
        // Jakarta Mail before 2.1: it knows its streams, and looks for none
        String api = transport.getSuperclass().getPackageName();
        if (!exists(transport, api + ".util.StreamProvider")) {
            classes.put(API + "util/LineOutputStream", MISSING + "MissingLines");
            classes.put(API + "util/StreamProvider", "java/lang/Object");
        }
        // JavaMail before 1.5.0, also where a later one stands behind it and has the rest
        if (!has(transport, api + ".internet.MimeMessage", "getSession")) {
            methods.put(API + "internet/MimeMessage.getSession()", "(L" + API + "internet/MimeMessage;");
        }
        if (!has(transport, api + ".Session", "getStreamProvider")) {
            methods.put(API + "Session.getStreamProvider()", "(L" + API + "Session;");
        }
    }

    private static void ofImplementation(Class<?> transport, Map<String, String> classes, Map<String, String> methods) {
        // JavaMail before 1.5.0
        if (!exists(transport, "com.sun.mail.util.MailConnectException")) {
            move(classes, "MailConnectException", "SocketConnectException");
        }
        // before Angus 1.1, when each connection got a thread of its own, which kept the JVM from ending
        if (!readsExecutors(transport)) {
            move(classes, "WriteTimeoutSocket", "TimeoutOutputStream", "TimeoutOutputStream$1");
            methods.put(
                    ANGUS_UTIL
                            + "PropUtil.getScheduledExecutorServiceProperty(Ljava/util/Properties;Ljava/lang/String;)",
                    "(");
        }
        // before 1.6.0: what a proxy says is ASCII there
        if (!takesUtf8(transport)) {
            methods.put(ANGUS_UTIL + "LineInputStream.<init>(Ljava/io/InputStream;Z)", "(Ljava/io/InputStream;)V");
        }
        // before 1.5.2
        if (!has(transport, transport.getName(), "getUseCanonicalHostName")) {
            String receiver = "(L" + ANGUS + "smtp/SMTPTransport;";
            methods.put(ANGUS + "smtp/SMTPTransport.getUseCanonicalHostName()", receiver);
            methods.put(ANGUS + "smtp/SMTPTransport.setUseCanonicalHostName(Z)", receiver);
        }
    }

    private static void move(Map<String, String> classes, String... names) {
        for (String name : names) {
            classes.put(ANGUS_UTIL + name, MOVED + name);
        }
    }

    /** The name of the class file in the agent's jar that a class is made of. */
    static String classFileOf(String className) {
        String moved = MOVED.replace('/', '.');
        return className.startsWith(moved)
                ? ANGUS_UTIL.replace('/', '.') + className.substring(moved.length())
                : className;
    }

    private static boolean exists(Class<?> beside, String name) {
        try {
            Class.forName(name, false, beside.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean readsExecutors(Class<?> beside) {
        return has(
                beside,
                "com.sun.mail.util.PropUtil",
                "getScheduledExecutorServiceProperty",
                Properties.class,
                String.class);
    }

    private static boolean has(Class<?> beside, String name, String method, Class<?>... arguments) {
        try {
            Class.forName(name, false, beside.getClassLoader()).getMethod(method, arguments);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static boolean takesUtf8(Class<?> beside) {
        try {
            Class.forName("com.sun.mail.util.LineInputStream", false, beside.getClassLoader())
                    .getConstructor(InputStream.class, boolean.class);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** The class file without what is missing; itself where it speaks of nothing of that. */
    byte[] replacedIn(byte[] classFile) {
        boolean isComplete = classes.isEmpty() && methods.isEmpty();
        if (isComplete || !isConcerned(classFile)) {
            return classFile;
        }
        ClassWriter replaced = new ClassWriter(0);
        ClassVisitor calls = new ClassVisitor(Opcodes.ASM9, replaced) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
            }
        };
        new ClassReader(classFile)
                .accept(
                        classes.isEmpty() ? calls : new ClassRemapper(calls, new SimpleRemapper(Opcodes.ASM9, classes)),
                        0);
        return replaced.toByteArray();
    }

    private boolean isConcerned(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        for (String missing : classes.keySet()) {
            if (text.contains(missing)) {
                return true;
            }
        }
        for (String missing : methods.keySet()) {
            int dot = missing.indexOf('.');
            if (text.contains(missing.substring(0, dot))
                    && text.contains(missing.substring(dot + 1, missing.indexOf('(')))) {
                return true;
            }
        }
        return false;
    }

    private final class Calls extends MethodVisitor {

        Calls(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String arguments = descriptor.substring(0, descriptor.indexOf(')') + 1);
            String receiver = methods.get(owner + "." + name + arguments);
            if (receiver == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            } else if (name.equals("<init>")) {
                super.visitInsn(Opcodes.POP); // a constructor without the last argument
                super.visitMethodInsn(opcode, owner, name, receiver, false);
            } else {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METHODS, name, receiver + descriptor.substring(1), false);
            }
        }
    }
}
