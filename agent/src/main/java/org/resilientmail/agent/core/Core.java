package org.resilientmail.agent.core;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.resilientmail.ops.Warnings;

/**
 * The agent proper, made when the first transport class is loaded: changes the class, and takes its calls from then on.
 * Thread-safe.
 */
public final class Core implements ClassFileTransformer {

    /**
     * Called by the entry class.
     *
     * @param instrumentation the JVM's instrumentation
     * @param argument the agent's argument: the configuration file, or {@code null}
     * @param told whether it has been said that there is no such file
     * @throws Exception if it cannot work in this JVM
     */
    public Core(Instrumentation instrumentation, String argument, boolean told) throws Exception {
        if (told) {
            Notice.isKnown(SystemSettings.CONFIG + "=" + argument + " ");
        }
        Warnings.to(Notice::once);
        new Bridge(new ClassFiles(Core.class.getClassLoader()))
                .build(
                        instrumentation,
                        new Dispatch(new Implementations(instrumentation, new SystemSettings(argument))));
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        return TransportClass.changed(classFile);
    }
}
