package org.resilientmail.agent.core;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/**
 * The dispatcher in {@code java.lang}, and class files that are to call it there. Defined by a look-up instead of being
 * added to the boot class path: that would not be seen where boot delegation is strict, and costs shared archives.
 */
final class Bridge {

    static final String ADVICE = "org.resilientmail.agent.bridge.TransportAdvice";

    private static final String PATTERN = "org.resilientmail.agent.bridge.Dispatcher";
    private static final String NAME = "java.lang.ResilientMailDispatcher";

    private static final Remapper REMAPPER =
            new SimpleRemapper(Opcodes.ASM9, Map.of(PATTERN.replace('.', '/'), NAME.replace('.', '/')));

    private final ClassFiles classFiles;

    Bridge(ClassFiles classFiles) {
        this.classFiles = classFiles;
    }

    void build(Instrumentation instrumentation, BiFunction<String, Object[], Object[]> target) throws Exception {
        Module ours = Bridge.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(ours)), Set.of(), Map.of());
        Class<?> dispatcher = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(crossing(PATTERN));
        dispatcher.getField("target").set(null, target);
    }

    /** One of our class files, with its calls of the dispatcher, or itself, moved to {@code java.lang}. */
    byte[] crossing(String name) throws IOException {
        ClassWriter moved = new ClassWriter(0);
        new ClassReader(classFiles.get(name)).accept(visitor(moved), 0);
        return moved.toByteArray();
    }

    private static ClassVisitor visitor(ClassVisitor to) {
        return new ClassRemapper(to, REMAPPER);
    }
}
