package org.resilientmail.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.agent.AppJvm;
import org.resilientmail.agent.MailVersion;

/** Nothing that our classes call is missing in any version: such a hole shows only when somebody steps into it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferencesIT {

    private static final String FOLDER = "inst/";

    @ParameterizedTest
    @EnumSource(MailVersion.class)
    void whatever_our_classes_call_is_there_in_every_version(MailVersion version) throws Exception {
        URL[] urls = version.jars().stream().map(MailVersion::url).toArray(URL[]::new);
        try (URLClassLoader mail = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                JarFile agent = new JarFile(AppJvm.AGENT.toFile())) {
            NameSpace names = NameSpace.of(mail.loadClass(version.transportClass()));
            Set<String> missing = new TreeSet<>();
            for (JarEntry entry : agent.stream().filter(ReferencesIT::isForMail).toList()) {
                try (InputStream in = agent.getInputStream(entry)) {
                    new ClassReader(names.moved(in.readAllBytes())).accept(new Calls(mail, missing), 0);
                }
            }
            assertThat(missing).isEmpty();
        }
    }

    private static boolean isForMail(JarEntry entry) {
        String name = entry.getName();
        return name.startsWith(FOLDER + "org/resilientmail/")
                && name.endsWith(".classdata")
                && !MailLoader.isShared(name.substring(FOLDER.length(), name.length() - ".classdata".length())
                        .replace('/', '.'));
    }

    private static final class Calls extends ClassVisitor {

        private final ClassLoader mail;
        private final Set<String> missing;
        private String caller;

        Calls(ClassLoader mail, Set<String> missing) {
            super(Opcodes.ASM9);
            this.mail = mail;
            this.missing = missing;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            caller = name;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String descriptor, boolean isInterface) {
                    look(owner, called, descriptor);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
                    look(owner, field, descriptor);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    look(type, null, null);
                }
            };
        }

        private void look(String owner, String member, String descriptor) {
            if (!owner.contains("/mail/") || owner.startsWith("org/resilientmail/") || owner.startsWith("[")) {
                return;
            }
            try {
                if (member != null && !has(mail.loadClass(owner.replace('/', '.')), member, descriptor)) {
                    missing.add(caller + ": " + owner + "." + member + descriptor);
                }
            } catch (ClassNotFoundException e) {
                missing.add(caller + ": " + owner);
            }
        }

        private static boolean has(Class<?> type, String member, String descriptor) {
            if (type == null) {
                return false;
            }
            boolean here = member.equals("<init>")
                    ? Arrays.stream(type.getDeclaredConstructors())
                            .anyMatch(m -> Type.getConstructorDescriptor(m).equals(descriptor))
                    : descriptor.startsWith("(")
                            ? Arrays.stream(type.getDeclaredMethods())
                                    .anyMatch(m -> m.getName().equals(member)
                                            && Type.getMethodDescriptor(m).equals(descriptor))
                            : Arrays.stream(type.getDeclaredFields())
                                    .anyMatch(f -> f.getName().equals(member));
            return here
                    || !member.equals("<init>")
                            && Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                                    .anyMatch(above -> has(above, member, descriptor));
        }
    }
}
