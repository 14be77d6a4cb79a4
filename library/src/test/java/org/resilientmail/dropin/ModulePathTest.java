package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.ResilientTransport;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** On the module path the library is a module by name, and Jakarta Mail finds its transport there too. */
class ModulePathTest {

    private static final String MODULE = "org.resilientmail";

    /** The library's classes as the build packs them: the module's name stands in the manifest. */
    private static Path jar(Path directory) throws Exception {
        Path classes = Path.of(ResilientTransport.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), MODULE);
        Path jar = directory.resolve("resilient-mail.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                packed.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packed);
            }
        }
        return jar;
    }

    private static List<Path> dependencies() {
        Set<String> names = Set.of(
                "angus-mail",
                "angus-activation",
                "jakarta.mail-api",
                "jakarta.activation-api",
                "resilience4j-core",
                "resilience4j-retry",
                "resilience4j-ratelimiter",
                "slf4j-api",
                "jspecify");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> names.contains(path.getFileName().toString().replaceAll("-[0-9][^-]*\\.jar$", "")))
                .toList();
    }

    @Test
    void jakarta_mail_finds_the_transport_of_the_module(@TempDir Path directory) throws Exception {
        List<Path> path = new ArrayList<>(dependencies());
        path.add(jar(directory));
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(
                        ModuleFinder.of(),
                        ModuleFinder.of(path.toArray(Path[]::new)),
                        Set.of(MODULE, "jakarta.mail", "org.eclipse.angus.mail"));
        ModuleLayer layer =
                ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.findLoader(MODULE);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Class<?> sessions = loader.loadClass("jakarta.mail.Session");
            Object session = sessions.getMethod("getInstance", Properties.class).invoke(null, new Properties());
            Object transport = sessions.getMethod("getTransport", String.class).invoke(session, "smtp");
            assertThat(transport.getClass().getName()).isEqualTo(ResilientTransport.class.getName());
            assertThat(transport.getClass()).isNotEqualTo(ResilientTransport.class);
            assertThat(transport.getClass().getModule().getName()).isEqualTo(MODULE);
            Method connect = loader.loadClass("jakarta.mail.Service")
                    .getMethod("connect", String.class, int.class, String.class, String.class);
            connect.invoke(transport, server.host(), server.port(), null, null);
            transport.getClass().getMethod("close").invoke(transport);
            loader.loadClass("org.resilientmail.ResilientMail")
                    .getMethod("closeAll")
                    .invoke(null);
            server.account().awaitOpenSockets(0);
            assertThat(server.account().session(1).count("QUIT")).isEqualTo(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
