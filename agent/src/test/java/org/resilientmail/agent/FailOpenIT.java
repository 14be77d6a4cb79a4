package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Whatever is wrong with the agent, the application starts and sends as it did without it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailOpenIT {

    private static final String WORDS = "resilient-mail agent: ";
    private static final MailVersion VERSION = MailVersion.ANGUS_2_0_5;

    @TempDir
    Path directory;

    @Test
    void without_anything_wrong_it_decorates_and_says_one_line() throws Exception {
        OneBatch batch = OneBatch.send(new AppJvm().agent(""), VERSION);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated);
        assertThat(batch.out()).isEmpty();
        assertThat(batch.err()).containsExactly(WORDS + "ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inst/",
                "inst/classes-for-mail.txt",
                "inst/for-later.txt",
                "inst/org/resilientmail/agent/core/Core.",
                "inst/org/resilientmail/agent/bridge/Dispatcher.",
                "inst/org/resilientmail/agent/core/Question.",
                "inst/org/resilientmail/agent/mail/Faces.",
                "inst/org/resilientmail/Delivery.",
                "inst/org/resilientmail/failure/SendFailure.",
                "inst/org/resilientmail/pool/",
                "inst/org/resilientmail/reply/",
                "inst/org/resilientmail/reply/RuleSet.",
                "inst/org/resilientmail/reply/rules.txt",
                "inst/io/github/resilience4j/",
                "inst/net/bytebuddy/jar/asm/"
            })
    void a_stripped_or_corrupt_jar_changes_nothing(String prefix) throws Exception {
        assertThatItSteppedAside(OneBatch.send(new AppJvm().agent(AgentJar.without(directory, prefix), ""), VERSION));
        assertThatItSteppedAside(OneBatch.send(new AppJvm().agent(AgentJar.spoilt(directory, prefix), ""), VERSION));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_jar_that_is_written_over_later_changes_nothing_in_any_trouble(MailVersion version) throws Exception {
        Path jar = Files.copy(AppJvm.AGENT, directory.resolve("agent.jar"));
        Path config = Files.writeString(directory.resolve("r.properties"), "mail.resilient.retry.initial-wait=5ms\n");
        List<ScriptedSmtpServer> servers = new ArrayList<>();
        try {
            List<String> line = new ArrayList<>(List.of("-cp", Packaged.waiting(version, directory), "WaitingApp"));
            for (Trouble trouble : Trouble.values()) {
                ScriptedSmtpServer server = trouble.server(false);
                servers.add(server);
                line.add("BATCH:" + trouble + ":" + server.port() + ":" + trouble.messages());
            }
            AppJvm.Ended ended = new AppJvm()
                    .agent(jar, config.toString())
                    .runWaiting(pid -> Files.write(jar, new byte[(int) Files.size(jar)]), line.toArray(String[]::new));
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(ended.err()).hasSize(1);
            for (Trouble trouble : Trouble.values()) {
                String words = "BATCH:" + trouble + "=";
                String said = ended.out().stream()
                        .filter(text -> text.startsWith(words))
                        .findFirst()
                        .orElseThrow();
                trouble.check(said.substring(words.length()).split(";"));
            }
        } finally {
            servers.forEach(ScriptedSmtpServer::close);
        }
    }

    static void assertThatItSteppedAside(OneBatch batch) {
        assertThat(batch).matches(OneBatch::allSent).matches(sent -> !sent.isDecorated(), "undecorated");
        assertThat(batch.out()).isEmpty();
        assertThat(batch.err()).isNotEmpty().hasSizeLessThanOrEqualTo(2).allMatch(line -> line.startsWith(WORDS));
    }

    @Test
    void a_bad_configuration_is_told_once_and_names_the_key() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.properties"), "mail.resilient.session.max-open=many\n");
        OneBatch batch = OneBatch.send(new AppJvm().agent(bad.toString()), VERSION);
        assertThatItSteppedAside(batch);
        assertThat(batch.err()).anyMatch(line -> line.contains("session.max-open") && line.contains("many"));
    }

    @Test
    void what_cannot_be_told_stops_no_message() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.properties"), "mail.resilient.session.max-open=many\n");
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            String classPath = VERSION.classPathFor(legacyapp.MuteApp.class);
            AppJvm jvm = new AppJvm().agent(bad.toString());
            OneBatch batch = OneBatch.of(
                    jvm.run("-cp", classPath, legacyapp.MuteApp.class.getName(), OneBatch.batch(server)), server);
            assertThat(batch).matches(OneBatch::allSent).matches(sent -> !sent.isDecorated(), "undecorated");
        }
    }

    @Test
    void the_environment_can_name_the_file_and_the_argument_wins() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.properties"), "mail.resilient.session.max-open=many\n");
        Path good = Files.writeString(directory.resolve("good.properties"), "mail.resilient.session.max-messages=2\n");
        AppJvm named = new AppJvm().agent("").environment("MAIL_RESILIENT_CONFIG", good.toString());
        assertThat(OneBatch.send(named, VERSION).messagesPerSession()).containsExactly(2, 2, 1);
        AppJvm both = new AppJvm().agent(good.toString()).environment("MAIL_RESILIENT_CONFIG", bad.toString());
        assertThat(OneBatch.send(both, VERSION).messagesPerSession()).containsExactly(2, 2, 1);
    }

    @Test
    void a_key_switches_it_off_for_the_application_or_for_a_session() throws Exception {
        for (String option : List.of("-Dmail.resilient.enabled=false", "-Dapp.session.mail.resilient.enabled=false")) {
            OneBatch batch = OneBatch.send(new AppJvm().agent("").option(option), VERSION);
            assertThat(batch).as(option).matches(OneBatch::allSent).matches(sent -> !sent.isDecorated(), "undecorated");
            assertThat(batch.err()).containsExactly(WORDS + "ready");
        }
    }

    @Test
    void given_twice_it_is_active_once() throws Exception {
        OneBatch batch = OneBatch.send(new AppJvm().agent("").agent(""), VERSION);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated);
        assertThat(batch.err()).containsExactly(WORDS + "ready");
    }

    @Test
    void the_same_file_under_its_whole_name_is_no_other_one() throws Exception {
        Path work = Files.createDirectories(Path.of(System.getProperty("agent.work")));
        Path file = Files.createTempFile(work, "same", ".properties");
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            AppJvm.Ended ended = new AppJvm()
                    .agent(file.getFileName().toString())
                    .runWaiting(
                            pid -> {
                                VirtualMachine machine = VirtualMachine.attach(pid);
                                machine.loadAgent(
                                        AppJvm.AGENT.toString(),
                                        file.toAbsolutePath().toString());
                                machine.detach();
                            },
                            "-cp",
                            Packaged.waiting(VERSION, directory),
                            "WaitingApp",
                            OneBatch.batch(server));
            assertThat(ended.err())
                    .filteredOn(line -> line.startsWith(WORDS)) // a newer JVM warns of the attaching
                    .containsExactly(WORDS + "ready, reads " + file.getFileName() + " with the first message");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void a_java_without_what_it_should_have_sends_as_before() throws Exception {
        Path nothing = Files.createFile(directory.resolve("no-providers"));
        AppJvm jvm = new AppJvm().agent("").option("-Djava.security.properties==" + nothing);
        OneBatch batch = OneBatch.send(jvm, VERSION);
        assertThat(batch).matches(OneBatch::allSent).matches(sent -> !sent.isDecorated(), "undecorated");
        assertThat(batch.err())
                .allMatch(line -> line.startsWith(WORDS))
                .anyMatch(line -> line.contains("mail is sent without the agent"));
    }

    @Test
    void tools_of_the_jdk_are_left_alone() throws Exception {
        AppJvm jvm = new AppJvm().environment("JAVA_TOOL_OPTIONS", "-javaagent:" + AppJvm.AGENT);
        for (List<String> words : List.of(List.of("javac", "-version"), List.of("jar", "--version"))) {
            Path tool = Path.of(System.getProperty("java.home"), "bin", words.get(0));
            AppJvm.Ended ended = jvm.run(List.of(tool.toString(), words.get(1)));
            assertThat(ended.status()).isZero();
            assertThat(ended.out()).hasSize(1);
            assertThat(ended.err()).noneMatch(line -> line.startsWith(WORDS)).hasSize(1); // "Picked up"
        }
    }

    @Test
    void applications_under_a_security_manager_send_as_before() throws Exception {
        assumeTrue(Runtime.version().feature() < 24, "there is no security manager any more");
        Path policy = Files.writeString(
                directory.resolve("app.policy"),
                VERSION.classPath(legacyapp.LegacyApp.class)
                        .map(part -> "grant codeBase \"" + Path.of(part).toUri() + "\" {\n"
                                + "  permission java.security.AllPermission;\n};\n")
                        .reduce("", String::concat));
        for (List<String> options : List.of(
                List.of("-Djava.security.manager=allow"),
                List.of("-Djava.security.manager=default", "-Djava.security.policy==" + policy))) {
            OneBatch batch = OneBatch.send(new AppJvm().agent("").option(options.toArray(String[]::new)), VERSION);
            assertThat(batch).as("%s", options).matches(OneBatch::allSent);
            assertThat(batch.out()).isEmpty();
            assertThat(batch.err().stream().filter(line -> !line.startsWith("WARNING")))
                    .hasSizeBetween(1, 2)
                    .allMatch(line -> line.startsWith(WORDS));
        }
    }

    @Test
    void an_application_that_uses_the_library_is_not_decorated_twice() throws Exception {
        String library = System.getProperty("agent.library").replace(":", File.pathSeparator);
        OneBatch batch = OneBatch.send(new AppJvm().agent(""), VERSION, library);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated);
        assertThat(batch.err()).containsExactly(WORDS + "ready");
    }

    @Test
    void an_older_jvm_can_read_the_entry_classes_and_no_others_are_in_its_way() throws Exception {
        try (ZipFile jar = new ZipFile(AppJvm.AGENT.toFile())) {
            List<? extends ZipEntry> classes = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            assertThat(classes)
                    .hasSizeBetween(2, 5)
                    .allMatch(entry -> entry.getName().startsWith("org/resilientmail/agent/"));
            for (ZipEntry entry : classes) {
                try (InputStream in = jar.getInputStream(entry)) {
                    assertThat(in.readNBytes(8)[7]).as(entry.getName()).isLessThanOrEqualTo((byte) 52);
                }
            }
        }
    }
}
