package org.resilientmail.agent.core;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts the question at the beginning of a transport class's methods: only into bodies, so that a class which is loaded
 * already can be changed as well. By the class file library within Byte Buddy: its advice says the same in fewer words,
 * with six hundred classes that every application would load before its first message.
 */
final class TransportClass {

    /** Every method whose answer comes from the conversation, by name and arguments; the same in all versions. */
    private static final Set<String> METHODS = Set.of(
            "protocolConnect(Ljava/lang/String;ILjava/lang/String;Ljava/lang/String;)",
            "connect(Ljava/net/Socket;)",
            "close()",
            "isConnected()",
            "getLastServerResponse()",
            "getLastReturnCode()",
            "supportsExtension(Ljava/lang/String;)",
            "getExtensionParameter(Ljava/lang/String;)",
            "isSSL()",
            "issueCommand(Ljava/lang/String;I)",
            "simpleCommand(Ljava/lang/String;)",
            "sendMessage(Ljavax/mail/Message;[Ljavax/mail/Address;)",
            "sendMessage(Ljakarta/mail/Message;[Ljakarta/mail/Address;)");

    private TransportClass() {}

    static byte[] changed(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Asking(writer), 0);
        return writer.toByteArray();
    }

    private static final class Asking extends ClassVisitor {

        private boolean hasFrames;

        Asking(ClassVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            hasFrames = (version & 0xffff) >= Opcodes.V1_6;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean asks = METHODS.contains(name + descriptor.substring(0, descriptor.indexOf(')') + 1));
            return asks ? new Question(method, name, descriptor, hasFrames) : method;
        }
    }
}
