package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.testkit.ForkedJvm;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** An application that is a module, with nothing on its class path: the jar's module is found, and it sends. */
class ModulePathTest {

    /** What the library's module needs at run time, by the beginnings of the jars' names. */
    private static final List<String> RUN_TIME =
            List.of("angus-", "jakarta.activation-", "jakarta.mail-", "resilience4j-");

    private static final String MODULE = """
            module probe {
                requires jakarta.mail;
                requires org.resilientmail;
            }
            """;

    private static final String PROBE = """
            package probe;

            import jakarta.mail.Message;
            import jakarta.mail.Session;
            import jakarta.mail.Transport;
            import jakarta.mail.internet.InternetAddress;
            import jakarta.mail.internet.MimeMessage;
            import java.util.Properties;
            import org.resilientmail.ResilientMail;

            public class Probe {
                public static void main(String[] args) throws Exception {
                    Properties properties = new Properties();
                    properties.put("mail.smtp.host", args[0]);
                    properties.put("mail.smtp.port", args[1]);
                    properties.put("mail.smtp.localhost", "client.example.com");
                    properties.put("mail.resilient.profile", "relay-50-20");
                    properties.put("mail.resilient.retry.initial-wait", "1ms");
                    Session session = Session.getInstance(properties);
                    Transport transport = session.getTransport("smtp");
                    System.out.println(transport.getClass().getName() + " of " + transport.getClass().getModule());
                    MimeMessage message = new MimeMessage(session);
                    message.setFrom(new InternetAddress("sender@example.com"));
                    message.setRecipient(Message.RecipientType.TO, new InternetAddress("a@example.com"));
                    message.setText("Hello.");
                    Transport.send(message);
                    ResilientMail.closeAll();
                }
            }
            """;

    @TempDir
    private Path directory;

    private static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    @Test
    void the_jar_sends_from_the_module_path() throws Exception {
        String modulePath = Stream.concat(Stream.of(jar()), runTimeJars())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path probe = compiledProbe(modulePath);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ForkedJvm.Result result = ForkedJvm.run(
                    directory,
                    List.of(
                            "-p",
                            modulePath + File.pathSeparator + probe,
                            "-m",
                            "probe/probe.Probe",
                            server.host(),
                            Integer.toString(server.port())));
            assertThat(result.output()).startsWith(ResilientTransport.class.getName() + " of module org.resilientmail");
            assertThat(result.status()).as(result.output()).isZero();
            assertThat(server.account().accepted()).hasSize(1);
        }
    }

    /** The jar as the build makes it: the classes, with the manifest's module name of the POM. */
    private Path jar() throws IOException {
        Matcher name = Pattern.compile("<Automatic-Module-Name>([^<]+)<")
                .matcher(Files.readString(module().resolve("pom.xml")));
        assertThat(name.find()).isTrue();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", name.group(1));
        Path jar = directory.resolve("resilient-mail.jar");
        Path classes = module().resolve("target/classes");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Path file : files) {
                String entry = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (!entry.equals("META-INF/MANIFEST.MF")) {
                    entries.putNextEntry(new JarEntry(entry));
                    Files.copy(file, entries);
                }
            }
        }
        return jar;
    }

    private static Stream<Path> runTimeJars() {
        return Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .filter(path -> RUN_TIME.stream().anyMatch(path.getFileName().toString()::startsWith));
    }

    private Path compiledProbe(String modulePath) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources/probe"));
        List<String> arguments = new ArrayList<>(
                List.of("-p", modulePath, "-d", directory.resolve("probe").toString()));
        arguments.add(Files.writeString(sources.resolveSibling("module-info.java"), MODULE)
                .toString());
        arguments.add(Files.writeString(sources.resolve("Probe.java"), PROBE).toString());
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return directory.resolve("probe");
    }
}
