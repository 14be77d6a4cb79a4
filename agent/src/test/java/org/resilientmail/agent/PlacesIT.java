package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import legacyapp.LegacyApp;
import legacyapp.OwnSystemLoader;
import legacyapp.Way;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Wherever an application's classes come from, its mail goes through the agent, and without it as before. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacesIT {

    private static final String READY = "resilient-mail agent: ready";
    private static final MailVersion VERSION = MailVersion.ANGUS_2_0_5;

    @TempDir
    Path directory;

    /** Runs it with and without the agent; the arguments are those of {@code java}, before the application's own. */
    private void assertThatItIsDecorated(AppJvm.Line arguments) throws Exception {
        OneBatch control = run(new AppJvm(), arguments);
        assertThat(control).matches(OneBatch::allSent).matches(batch -> !batch.isDecorated(), "undecorated");
        OneBatch batch = run(new AppJvm().agent(""), arguments);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated, "decorated");
        assertThat(batch.out()).isEqualTo(control.out());
        assertThat(batch.err()).hasSize(control.err().size() + 1).contains(READY);
    }

    private static OneBatch run(AppJvm jvm, AppJvm.Line arguments) throws Exception {
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            return OneBatch.of(jvm.run(arguments.with(OneBatch.batch(server))), server);
        }
    }

    @Test
    void on_the_module_path() throws Exception {
        Path classes = VERSION.renamedCopy(LegacyApp.class, directory.resolve("legacy"));
        SourceApp.compileModule(classes, VERSION.jars());
        String path = Stream.concat(Stream.of(classes), VERSION.jars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        assertThatItIsDecorated(new AppJvm.Line("-p", path, "-m", "legacy/" + LegacyApp.class.getName()));
    }

    @ParameterizedTest
    @CsvSource({
        "2.7.18, org.springframework.boot.loader.JarLauncher, JAVAMAIL_1_6_2",
        "3.5.6, org.springframework.boot.loader.launch.JarLauncher, ANGUS_2_0_3",
        "4.1.1, org.springframework.boot.loader.launch.JarLauncher, ANGUS_2_0_5"
    })
    void in_a_fat_jar_of_spring_boot(String boot, String launcher, MailVersion version) throws Exception {
        Path file = Packaged.fatJar(version, boot, launcher, directory);
        assertThatItIsDecorated(new AppJvm.Line("-jar", file.toString()));
    }

    @Test
    void beside_other_versions_of_what_the_agent_is_made_of() throws Exception {
        List<Path> others = Artifacts.with(
                "io.github.resilience4j:resilience4j-retry:1.7.1",
                "io.github.resilience4j:resilience4j-ratelimiter:1.7.1",
                "net.bytebuddy:byte-buddy:1.10.22",
                "org.slf4j:slf4j-api:1.7.36");
        String classPath = Stream.concat(others.stream().map(Path::toString), VERSION.classPath(LegacyApp.class))
                .collect(Collectors.joining(File.pathSeparator));
        assertThatItIsDecorated(new AppJvm.Line("-cp", classPath, LegacyApp.class.getName()));
        assertThatItIsDecorated(new AppJvm.Line(
                "-Djava.system.class.loader=" + OwnSystemLoader.class.getName(),
                "-Xshare:off", // else the JVM complains of the loader on stdout
                "-cp",
                classPath,
                LegacyApp.class.getName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVAMAIL_1_4_7", "JAVAMAIL_1_6_2", "ANGUS_1_1_0", "ANGUS_2_0_5"})
    void on_a_socket_of_the_applications_own_nothing_is_changed(MailVersion version) throws Exception {
        OneBatch batch = OneBatch.send(Way.SOCKET, new AppJvm().agent(""), version);
        assertThat(batch).matches(OneBatch::allSent).matches(sent -> !sent.isDecorated(), "undecorated");
        assertThat(batch.err()).containsExactly(READY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beside_the_agent_of_opentelemetry_in_both_orders(boolean first) throws Exception {
        String telemetry = "-javaagent:"
                + Artifacts.with("io.opentelemetry.javaagent:opentelemetry-javaagent:2.33.1")
                        .get(0);
        AppJvm jvm = new AppJvm()
                .option("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none");
        AppJvm both =
                first ? jvm.agent("").option(telemetry) : jvm.option(telemetry).agent("");
        OneBatch batch = OneBatch.send(both, VERSION);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated, "decorated");
        assertThat(batch.out()).isEmpty();
        assertThat(batch.err())
                .contains(READY)
                .filteredOn(line -> line.contains("resilient-mail"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVAMAIL_1_4_7", "JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void attached_to_while_it_runs(MailVersion version) throws Exception {
        String classPath = Packaged.waiting(version, directory);
        try (ScriptedSmtpServer before = Trouble.NONE.server(false);
                ScriptedSmtpServer after = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .runAttached(null, "-cp", classPath, "WaitingApp", OneBatch.batch(before), OneBatch.batch(after));
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(before.account().messagesPerSession()).containsExactly(1, 1, 1, 1, 1);
            assertThat(after.account().messagesPerSession()).containsExactly(5);
            assertThat(ended.err())
                    .filteredOn(line -> line.startsWith("resilient-mail agent"))
                    .containsExactly(READY);
        }
    }
}
