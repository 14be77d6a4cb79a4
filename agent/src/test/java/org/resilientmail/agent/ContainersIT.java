package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import legacyapp.LegacyApp;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Class loaders that filter, that bring other mail versions, and that are to be collected one day. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainersIT {

    private static final String READY = "resilient-mail agent: ready";

    @TempDir
    Path directory;

    /** The last one may be kept by what the JDK remembers of its last use; each is released by the next. */
    @ParameterizedTest
    @CsvSource({
        "TomcatHost, org.apache.tomcat.embed:tomcat-embed-core:11.0.25",
        "JettyHost, org.eclipse.jetty.ee10:jetty-ee10-webapp:12.1.12"
    })
    void web_applications_of_different_mail_versions_are_served_and_do_not_pile_up(String host, String artifact)
            throws Exception {
        String classPath =
                SourceApp.classPath(List.of(host, "Hosted"), directory.resolve("host"), Artifacts.with(artifact));
        Path old = webApplication("old", MailVersion.JAVAMAIL_1_5_6);
        Path recent = webApplication("recent", MailVersion.ANGUS_2_0_5);
        Path middle = webApplication("middle", MailVersion.JAKARTA_2_0_1);
        Path config = Files.writeString(
                directory.resolve("resilient-mail.properties"), "mail.resilient.session.max-idle=1s\n");
        try (ScriptedSmtpServer one = Trouble.NONE.server(false);
                ScriptedSmtpServer two = Trouble.NONE.server(false);
                ScriptedSmtpServer three = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .agent(config.toString())
                    .run(
                            "-cp",
                            classPath,
                            host,
                            directory.toString(),
                            old.toString(),
                            "" + one.port(),
                            recent.toString(),
                            "" + two.port(),
                            middle.toString(),
                            "" + three.port());
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(one.account().messagesPerSession()).containsExactly(5);
            assertThat(two.account().messagesPerSession()).containsExactly(5);
            assertThat(three.account().messagesPerSession()).containsExactly(5);
            assertThat(ended.out())
                    .as("%s", ended.err())
                    .containsSubsequence("collected true", "collected true", "collected true");
        }
    }

    private Path webApplication(String name, MailVersion version) throws Exception {
        Path root = directory.resolve(name);
        version.renamedCopy(LegacyApp.class, root.resolve("WEB-INF/classes"));
        Path lib = Files.createDirectories(root.resolve("WEB-INF/lib"));
        for (Path jar : version.jars()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        return root;
    }

    @ParameterizedTest
    @CsvSource({"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_bundle_that_sees_nothing_of_us_is_served(MailVersion version) throws Exception {
        String classPath = SourceApp.classPath(
                List.of("FelixHost", "Hosted"),
                directory.resolve("host"),
                Artifacts.with("org.apache.felix:org.apache.felix.framework:7.0.5"));
        Path bundle = directory.resolve("bundle.jar");
        String embedded =
                version.jars().stream().map(jar -> "lib/" + jar.getFileName()).collect(Collectors.joining(","));
        try (FatJar jar = new FatJar(
                bundle,
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                "legacy",
                "Bundle-ClassPath",
                ".," + embedded,
                "Import-Package",
                "javax.net,javax.net.ssl,javax.security.auth.callback,javax.security.sasl,javax.security.auth.x500,"
                        + "javax.xml.transform,javax.xml.transform.stream")) {
            jar.tree("", version.renamedCopy(LegacyApp.class, directory.resolve("app")));
            jar.jars("lib/", version.jars());
        }
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .agent("")
                    .run(
                            "-cp",
                            classPath,
                            "FelixHost",
                            directory.resolve("cache").toString(),
                            bundle.toString(),
                            "" + server.port());
            OneBatch batch = OneBatch.of(ended, server);
            assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated, "decorated");
            assertThat(batch.err())
                    .filteredOn(line -> !line.startsWith("WARNING: ")) // the JVM's, of Felix itself
                    .containsExactly(READY);
        }
    }
}
