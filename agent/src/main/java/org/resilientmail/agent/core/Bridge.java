package org.resilientmail.agent.core;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The dispatcher in {@code java.lang}, where every changed class finds it. Defined by a look-up instead of being
 * added to the boot class path: that would not be seen where boot delegation is strict, and costs shared archives.
 */
final class Bridge {

    /** The dispatcher's internal name. */
    static final String DISPATCHER = "java/lang/ResilientMailDispatcher";

    private static final String PATTERN = "org.resilientmail.agent.bridge.Dispatcher";

    private final ClassFiles classFiles;

    Bridge(ClassFiles classFiles) {
        this.classFiles = classFiles;
    }

    void build(Instrumentation instrumentation, BiFunction<String, Object[], Object[]> target) throws Exception {
        Module ours = Bridge.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(ours)), Set.of(), Map.of());
        Class<?> dispatcher = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(Renamed.names(classFiles.get(PATTERN), Map.of(PATTERN.replace('.', '/'), DISPATCHER)));
        dispatcher.getField("target").set(null, target);
    }
}
