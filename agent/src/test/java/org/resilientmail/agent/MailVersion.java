package org.resilientmail.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** A mail implementation an application may have, and applications in its name space. */
public enum MailVersion {
    JAVAMAIL_1_4_7("javax", "sun", "mail-1.4.7", "activation-1.1.1"),
    JAVAMAIL_1_5_6("javax", "sun", "javax.mail-1.5.6", "activation-1.1.1"),
    JAVAMAIL_1_6_2("javax", "sun", "javax.mail-1.6.2", "activation-1.1.1"),
    JAKARTA_1_6_7("javax", "sun", "jakarta.mail-1.6.7", "jakarta.activation-1.2.2"),
    JAKARTA_2_0_1("jakarta", "sun", "jakarta.mail-2.0.1", "jakarta.activation-2.0.1"),
    ANGUS_1_0_0(
            "jakarta",
            "sun",
            "angus-mail-1.0.0",
            "jakarta.mail-api-2.1.0",
            "jakarta.activation-api-2.1.4",
            "angus-activation-2.0.3"),
    ANGUS_1_1_0(
            "jakarta",
            "sun",
            "angus-mail-1.1.0",
            "jakarta.mail-api-2.1.0",
            "jakarta.activation-api-2.1.4",
            "angus-activation-2.0.3"),
    ANGUS_2_0_3(
            "jakarta",
            "angus",
            "angus-mail-2.0.3",
            "jakarta.mail-api-2.1.5",
            "jakarta.activation-api-2.1.4",
            "angus-activation-2.0.3"),
    ANGUS_2_0_5(
            "jakarta",
            "angus",
            "angus-mail-2.0.5",
            "jakarta.mail-api-2.1.5",
            "jakarta.activation-api-2.1.4",
            "angus-activation-2.0.3"),
    /** What Maven makes of a library that asks for the one and an application that asks for the other: some of each. */
    ANGUS_2_0_5_AMONG_2_0_1(
            "jakarta",
            "angus",
            "jakarta.mail-2.0.1",
            "angus-mail-2.0.5",
            "jakarta.mail-api-2.1.5",
            "jakarta.activation-api-2.1.4",
            "angus-activation-2.0.3"),
    /** The same in the older name space, where the artifact's name changed: {@code javax.mail:mail} and its successor. */
    JAVAMAIL_1_6_2_AMONG_1_4_7("javax", "sun", "mail-1.4.7", "javax.mail-1.6.2", "activation-1.1.1");

    private static final Path WORK = Path.of(System.getProperty("agent.work"));

    private final String api;
    private final String implementation;
    private final List<String> jars;

    MailVersion(String api, String implementation, String... jars) {
        this.api = api;
        this.implementation = implementation;
        this.jars = List.of(jars);
    }

    /** What it is: the artifact. */
    String title() {
        return isMixed() ? jars.get(0) + " before " + jars.get(1) : jars.get(0);
    }

    /** Whether it is more than one, which only a class path can be. */
    boolean isMixed() {
        return this == ANGUS_2_0_5_AMONG_2_0_1 || this == JAVAMAIL_1_6_2_AMONG_1_4_7;
    }

    /** Whether it has the forms of {@code Transport.send} that take user and password. */
    boolean sendsAs() {
        return this != JAVAMAIL_1_4_7 && this != JAVAMAIL_1_6_2_AMONG_1_4_7;
    }

    /** The name of its class for {@code smtp}. */
    public String transportClass() {
        return (implementation.equals("sun") ? "com.sun" : "org.eclipse.angus") + ".mail.smtp.SMTPTransport";
    }

    /** A file, as class loaders want it. */
    public static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Its jars, and what they need. */
    public List<Path> jars() {
        Path folder = Path.of(System.getProperty("agent.mail"));
        return jars.stream().map(name -> folder.resolve(name + ".jar")).toList();
    }

    /** A class path for an application of the tests: the package of this class, renamed, before the mail classes. */
    String classPathFor(Class<?> application) {
        return classPath(application).collect(Collectors.joining(File.pathSeparator));
    }

    /** Its parts. */
    Stream<String> classPath(Class<?> application) {
        return Stream.concat(Stream.of(renamed(application)), jars().stream()).map(Path::toString);
    }

    private Path renamed(Class<?> application) {
        return renamedCopy(application, WORK.resolve("classes").resolve(name()).resolve(application.getPackageName()));
    }

    /** The class files of the package of an application, renamed, in a directory. */
    Path renamedCopy(Class<?> application, Path to) {
        String folder = application.getPackageName().replace('.', '/');
        try {
            Path from = Path.of(application
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(folder);
            Files.createDirectories(to.resolve(folder));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    Files.write(to.resolve(folder).resolve(file.getFileName()), renamed(Files.readAllBytes(file)));
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] renamed(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                if (api.equals("javax") && name.startsWith("jakarta/mail/")) {
                                    return name.replace("jakarta/", "javax/");
                                }
                                return implementation.equals("sun")
                                        ? name.replace("org/eclipse/angus/mail/", "com/sun/mail/")
                                        : name;
                            }
                        }),
                        0);
        return writer.toByteArray();
    }
}
