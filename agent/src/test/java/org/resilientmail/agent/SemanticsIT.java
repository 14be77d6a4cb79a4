package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import legacyapp.Scene;
import legacyapp.SceneApp;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerAccount;
import org.resilientmail.testkit.Step;

/** What an application can see of its transport objects is what it saw without the agent. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SemanticsIT {

    private static final String DELIVERED = "delivered{sent=[to3@example.com] unsent=null invalid=null}";

    @TempDir
    Path directory;

    /** What a scene told, and who got a message. */
    private record Played(String told, Map<String, Integer> copies, List<Integer> messagesPerSession) {}

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void whatever_is_told_is_told_as_without_it(MailVersion version) throws Exception {
        Scene[] same = {
            Scene.DELIVERED,
            Scene.REFUSED,
            Scene.PARTIAL,
            Scene.ALL_REFUSED,
            Scene.REPORTED,
            Scene.REPORTED_PARTIAL,
            Scene.CLOSED,
            Scene.CLOSED_MEANWHILE,
            Scene.SOCKET_TOO_LATE,
            Scene.OWN_CLOSE,
            Scene.THREADS
        };
        Map<Scene, Played> without = play(version, new AppJvm(), same);
        Map<Scene, Played> with = play(version, new AppJvm().agent(config("5ms")), same);
        for (Scene scene : same) {
            assertThat(with.get(scene).told())
                    .as("%s", scene)
                    .isEqualTo(without.get(scene).told());
            assertThat(with.get(scene).copies())
                    .as("%s", scene)
                    .isEqualTo(without.get(scene).copies());
        }
        for (Scene scene : same) {
            assertThat(with.get(scene).told().split("opened", -1))
                    .as("%s: opened once", scene)
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(with.get(scene).told().split("closed", -1))
                    .as("%s: closed once", scene)
                    .hasSizeLessThanOrEqualTo(2);
        }
        assertThat(with.get(Scene.THREADS).told()).isEqualTo("sent=" + Scene.MANY);
        assertThat(with.get(Scene.THREADS).copies())
                .hasSize(Scene.MANY)
                .allSatisfy((who, n) -> assertThat(n).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_lost_connection_is_told_once_and_sending_on_is_allowed(MailVersion version) throws Exception {
        Played without = play(version, new AppJvm(), Scene.LOST).get(Scene.LOST);
        Played with =
                play(version, new AppJvm().agent(config("5ms")), Scene.LOST).get(Scene.LOST);
        assertThat(without.told())
                .contains("connected=false", "IllegalStateException")
                .doesNotContain("sent;");
        assertThat(with.told())
                .contains("connected=false", DELIVERED)
                .containsOnlyOnce("opened")
                .containsOnlyOnce("closed")
                .containsOnlyOnce("not delivered");
        assertThat(with.copies()).isEqualTo(Map.of("to3@example.com", 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void nothing_waits_with_an_object_that_waits_for_its_next_attempt(MailVersion version) throws Exception {
        Played with =
                play(version, new AppJvm().agent(config("60s")), Scene.WAITING).get(Scene.WAITING);
        assertThat(with.told()).contains("still waiting=true", DELIVERED).containsOnlyOnce("not delivered");
        assertThat(with.copies()).isEqualTo(Map.of("to3@example.com", 1, "to4@example.com", 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void an_object_that_was_left_alone_is_decorated_when_it_connects_again(MailVersion version) throws Exception {
        Scene[] scenes = {Scene.SWITCHED, Scene.OWN_SOCKET};
        Map<Scene, Played> without = play(version, new AppJvm(), scenes);
        Map<Scene, Played> with = play(version, new AppJvm().agent(""), scenes);
        for (Scene scene : scenes) {
            assertThat(with.get(scene).told())
                    .as("%s", scene)
                    .isEqualTo(without.get(scene).told());
            assertThat(with.get(scene).copies())
                    .hasSizeGreaterThan(2)
                    .isEqualTo(without.get(scene).copies());
        }
        assertThat(without.get(Scene.SWITCHED).messagesPerSession()).containsExactly(1, 1, 1);
        assertThat(with.get(Scene.SWITCHED).messagesPerSession()).containsExactly(1, 2);
        assertThat(without.get(Scene.OWN_SOCKET).messagesPerSession()).containsExactly(0, 0, 1, 1, 1, 1);
        assertThat(with.get(Scene.OWN_SOCKET).messagesPerSession()).containsExactly(0, 0, 1, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_4_7", "JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_failure_can_be_read_from_a_stream_by_the_application(MailVersion version) throws Exception {
        Played with = play(version, new AppJvm().agent(config("5ms")), Scene.SERIALIZED)
                .get(Scene.SERIALIZED);
        assertThat(with.told()).contains("refused: ", "550 5.1.1 User unknown").endsWith("unreachable: true");
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVAMAIL_1_6_2", "ANGUS_2_0_5"})
    void a_large_message_needs_no_directory_for_temporary_files(MailVersion version) throws Exception {
        AppJvm jvm = new AppJvm().agent(config("5ms")).option("-Djava.io.tmpdir=" + directory.resolve("missing"));
        Played with = play(version, jvm, Scene.LARGE).get(Scene.LARGE);
        assertThat(with.told()).isEqualTo("sent");
        assertThat(with.copies()).isEqualTo(Map.of("to1@example.com", 1));
    }

    private String config(String initialWait) throws Exception {
        return Files.writeString(
                        directory.resolve("resilient-mail.properties"),
                        "mail.resilient.retry.initial-wait=" + initialWait + "\nmail.resilient.retry.max-wait="
                                + initialWait + "\nmail.resilient.retry.jitter=0\n")
                .toString();
    }

    private static ScriptedSmtpServer server(Scene scene) {
        ScriptedSmtpServer server =
                ScriptedSmtpServer.builder().user("app", "secret").start();
        server.on(Step.RCPT).to("to2@example.com").always().reply("550 5.1.1 User unknown");
        server.on(Step.DATA).to("lost@example.com").always().reset();
        if (scene == Scene.LOST) {
            server.on(Step.DATA).to("to1@example.com").always().reset();
        }
        if (scene == Scene.WAITING) {
            server.on(Step.RCPT).to("to1@example.com").always().reply("451 4.3.0 Temporary problem, try again");
        }
        return server;
    }

    private static Map<Scene, Played> play(MailVersion version, AppJvm jvm, Scene... scenes) throws Exception {
        Map<Scene, ScriptedSmtpServer> servers = new EnumMap<>(Scene.class);
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("-cp", version.classPathFor(SceneApp.class), SceneApp.class.getName()));
            for (Scene scene : scenes) {
                servers.put(scene, server(scene));
                arguments.add(scene + ":" + servers.get(scene).port());
            }
            AppJvm.Ended ended = jvm.run(arguments.toArray(String[]::new));
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(ended.err())
                    .filteredOn(line -> !line.startsWith("WARNING: ")) // the JVM's, of its own options
                    .as("stderr")
                    .hasSizeLessThanOrEqualTo(1);
            Map<Scene, Played> played = new EnumMap<>(Scene.class);
            for (String line : ended.out()) {
                String[] parts = line.split("=", 2);
                Scene scene = Scene.valueOf(parts[0]);
                ServerAccount account = servers.get(scene).account();
                played.put(scene, new Played(parts[1], account.copiesPerRecipient(), account.messagesPerSession()));
            }
            assertThat(played).containsOnlyKeys(scenes);
            return played;
        } finally {
            servers.values().forEach(ScriptedSmtpServer::close);
        }
    }
}
