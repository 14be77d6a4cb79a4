package org.resilientmail.agent.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.pool.TypePool;

/**
 * Puts the advice into a transport class: only into bodies, so that a class which is loaded already can be changed as
 * well. The wrapper is applied by hand: the builder around it takes longer than all the rest. Thread-safe.
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

    private final Bridge bridge;
    /** Made with the first class; guarded by this. */
    private AsmVisitorWrapper advice;

    TransportClass(Bridge bridge) {
        this.bridge = bridge;
    }

    byte[] changed(ClassLoader loader, String name, byte[] classFile) {
        try (ClassFileLocator around = ClassFileLocator.ForClassLoader.of(loader)) {
            TypePool pool = TypePool.Default.of(
                    new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), around));
            TypeDescription type = pool.describe(name).resolve();
            AsmVisitorWrapper wrapper = advice();
            ClassReader reader = new ClassReader(classFile);
            int flags = wrapper.mergeWriter(0);
            int readerFlags = wrapper.mergeReader(0);
            ClassWriter writer = new ClassWriter(reader, flags);
            reader.accept(
                    wrapper.wrap(
                            type,
                            writer,
                            context(type, classFile),
                            pool,
                            type.getDeclaredFields(),
                            type.getDeclaredMethods(),
                            flags,
                            readerFlags),
                    readerFlags);
            return writer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Implementation.Context context(TypeDescription type, byte[] classFile) {
        ClassFileVersion version = ClassFileVersion.ofClassFile(classFile);
        return Implementation.Context.Disabled.Factory.INSTANCE.make(
                type,
                null, // no class beside it
                TypeInitializer.None.INSTANCE,
                version,
                version,
                version.isAtLeast(ClassFileVersion.JAVA_V6)
                        ? Implementation.Context.FrameGeneration.EXPAND
                        : Implementation.Context.FrameGeneration.DISABLED);
    }

    private synchronized AsmVisitorWrapper advice() throws IOException {
        if (advice == null) {
            ClassFileLocator ours = new ClassFileLocator.Compound(
                    new ClassFileLocator.Simple(Map.of(Bridge.ADVICE, bridge.crossing(Bridge.ADVICE))),
                    ClassFileLocator.ForClassLoader.of(TransportClass.class.getClassLoader()));
            TypeDescription described =
                    TypePool.Default.of(ours).describe(Bridge.ADVICE).resolve();
            advice = Advice.to(described, ours).on(TransportClass::isChanged);
        }
        return advice;
    }

    private static boolean isChanged(MethodDescription method) {
        String descriptor = method.getDescriptor();
        return METHODS.contains(method.getInternalName() + descriptor.substring(0, descriptor.indexOf(')') + 1));
    }
}
