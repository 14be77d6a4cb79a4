package org.resilientmail.agent.core;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/**
 * Stand-ins for what an old implementation does not have: classes by classes of ours, methods by static methods of ours
 * that take the object as their first argument. Speaks the names of Angus 2, so that it comes before the renaming.
 */
final class MissingMembers {

    private static final String STAND_INS = "org/resilientmail/agent/mail/";
    private static final String METHODS = STAND_INS + "MissingMethods";
    private static final String ANGUS = "org/eclipse/angus/mail/";

    private final Map<String, String> classes;
    private final Map<String, String> methods;

    private MissingMembers(Map<String, String> classes, Map<String, String> methods) {
        this.classes = classes;
        this.methods = methods;
    }

    static MissingMembers of(Class<?> transport) {
        Map<String, String> classes = new HashMap<>();
        Map<String, String> methods = new HashMap<>();
        // JavaMail before 1.5.0
        if (!exists(transport, "com.sun.mail.util.MailConnectException")
                && transport.getName().startsWith("com.sun.")) {
            for (String name : new String[] {"MailConnectException", "SocketConnectException"}) {
                classes.put(ANGUS + "util/" + name, STAND_INS + name);
            }
            methods.put("jakarta/mail/internet/MimeMessage.getSession()", "(Ljakarta/mail/internet/MimeMessage;");
        }
        // before 1.5.2
        if (!has(transport, "getUseCanonicalHostName")) {
            String receiver = "(L" + ANGUS + "smtp/SMTPTransport;";
            methods.put(ANGUS + "smtp/SMTPTransport.getUseCanonicalHostName()", receiver);
            methods.put(ANGUS + "smtp/SMTPTransport.setUseCanonicalHostName(Z)", receiver);
        }
        return new MissingMembers(Map.copyOf(classes), Map.copyOf(methods));
    }

    private static boolean exists(Class<?> beside, String name) {
        try {
            Class.forName(name, false, beside.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean has(Class<?> type, String method) {
        try {
            type.getMethod(method);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    ClassVisitor replacedIn(ClassVisitor to) {
        if (methods.isEmpty()) {
            return to;
        }
        ClassVisitor calls = new ClassVisitor(Opcodes.ASM9, to) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
            }
        };
        return classes.isEmpty() ? calls : new ClassRemapper(calls, new SimpleRemapper(Opcodes.ASM9, classes));
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
            } else {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, METHODS, name, receiver + descriptor.substring(1), false);
            }
        }
    }
}
