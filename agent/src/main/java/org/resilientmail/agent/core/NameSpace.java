package org.resilientmail.agent.core;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * The names a mail implementation goes by. The interface ({@code jakarta.mail} or {@code javax.mail}) and the
 * implementation ({@code org.eclipse.angus.mail} or {@code com.sun.mail}) changed theirs at different times.
 */
final class NameSpace {

    private static final String ANGUS = "org/eclipse/angus/mail/";
    private static final String SUN = "com/sun/mail/";

    private final boolean javax;
    private final boolean sun;
    private final MissingMembers missing;

    private NameSpace(boolean javax, boolean sun, MissingMembers missing) {
        this.javax = javax;
        this.sun = sun;
        this.missing = missing;
    }

    static NameSpace of(Class<?> transport) {
        return new NameSpace(
                transport.getSuperclass().getName().startsWith("javax."),
                transport.getName().startsWith("com.sun."),
                MissingMembers.of(transport));
    }

    /** A class file written for Jakarta Mail on Angus 2, in these names. */
    byte[] moved(byte[] classFile) {
        if (!javax && !sun) {
            return classFile;
        }
        ClassWriter moved = new ClassWriter(0);
        new ClassReader(classFile).accept(missing.replacedIn(new ClassRemapper(moved, remapper())), 0);
        return moved.toByteArray();
    }

    private Remapper remapper() {
        return new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String name) {
                if (javax && (name.startsWith("jakarta/mail/") || name.startsWith("jakarta/activation/"))) {
                    return "javax/" + name.substring("jakarta/".length());
                }
                if (sun && name.startsWith(ANGUS)) {
                    return SUN + name.substring(ANGUS.length());
                }
                return name;
            }
        };
    }
}
