package org.resilientmail.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import jakarta.mail.Transport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.resilientmail.config.ConfigKey;
import org.resilientmail.config.ConfigKeys;
import org.resilientmail.config.ConfigResolver;
import org.resilientmail.failure.FailureReport;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MailFailures;
import org.resilientmail.failure.Origin;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.ReplyClassifier;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.RetryHow;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;
import org.resilientmail.testkit.ForkedJvm;

/** What the README says is so: snippets compile, keys and defaults are the real ones, commands name what is built. */
class ReadmeTest {

    private static final String KEY_COLUMN = "key (after `mail.resilient.`)";

    @TempDir
    private Path directory;

    static Stream<ConfigKey> keys() {
        return ConfigKeys.all().stream();
    }

    static Stream<Class<?>> failureTypes() {
        return Arrays.stream(MailFailure.class.getPermittedSubclasses());
    }

    private static Properties load(String block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block));
        return properties;
    }

    @Test
    void every_java_snippet_compiles() throws Exception {
        List<String> snippets = Readme.blocks("java");
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
        assertThat(Snippets.errors(snippets, directory)).isEmpty();
    }

    @Test
    void a_snippet_that_does_not_compile_would_be_found() throws Exception {
        assertThat(Snippets.errors(List.of("Transport.sendAll();\n"), directory))
                .singleElement()
                .asString()
                .contains("sendAll");
    }

    @Test
    void every_properties_block_is_a_valid_configuration() throws Exception {
        List<String> blocks = Readme.blocks("properties");
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            Properties properties = load(block);
            assertThat(properties).isNotEmpty();
            assertThatNoException()
                    .as(block)
                    .isThrownBy(() -> ConfigResolver.resolve(properties, new Properties(), null));
        }
    }

    @Test
    void the_classes_to_name_are_transports() throws Exception {
        List<String> named = new ArrayList<>();
        for (String block : Readme.blocks("properties")) {
            Properties properties = load(block);
            for (String key : properties.stringPropertyNames()) {
                if (key.endsWith(".class")) {
                    named.add(key);
                    assertThat(Class.forName(properties.getProperty(key))).isAssignableTo(Transport.class);
                }
            }
        }
        assertThat(named).contains("mail.smtp.class", "mail.smtps.class");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void every_key_is_in_the_table_with_its_default(ConfigKey key) {
        List<List<String>> rows = Readme.table(KEY_COLUMN).stream()
                .filter(row -> Readme.plain(row.get(0)).contains(key.name()))
                .filter(row -> List.of(Readme.plain(row.get(0)).split(", ")).contains(key.name()))
                .toList();
        assertThat(rows)
                .as(key.name())
                .singleElement()
                .satisfies(
                        row -> assertThat(Readme.plain(row.get(row.size() - 1))).isEqualTo(key.defaultText()));
    }

    @Test
    void the_table_has_no_key_that_does_not_exist() {
        List<String> known = keys().map(ConfigKey::name).toList();
        assertThat(Readme.table(KEY_COLUMN))
                .flatExtracting(row -> List.of(Readme.plain(row.get(0)).split(", ")))
                .isSubsetOf(known);
    }

    @Test
    void every_key_mentioned_anywhere_exists() {
        List<String> known = keys().map(ConfigKey::name).toList();
        Matcher mention = Pattern.compile("mail\\.resilient\\.(?:account\\.[a-z]+\\.)?([a-z-]+(?:\\.[a-z-]+)*)")
                .matcher(Readme.text());
        List<String> mentioned = new ArrayList<>();
        while (mention.find()) {
            mentioned.add(mention.group(1));
        }
        // The agent has one of its own, which it reads before the library is there.
        String agent = Readme.read("agent/src/main/entry/org/resilientmail/agent/ResilientMailAgent.java");
        assertThat(mentioned)
                .contains("enabled", "profile")
                .allMatch(name -> known.contains(name)
                        || known.contains("account.NAME." + name)
                        || agent.contains("\"mail.resilient." + name + "\""));
    }

    @Test
    void every_profile_is_named() {
        String allowed = keys().filter(key -> key.name().equals("profile"))
                .findFirst()
                .orElseThrow()
                .allowed();
        List<String> profiles = List.of(allowed.split(", "));
        assertThat(profiles).contains("sendgrid", "relay-50-20");
        assertThat(Readme.text())
                .contains(profiles.stream().map(name -> "`" + name + "`").toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("failureTypes")
    void every_failure_type_has_a_row_that_says_what_to_do(Class<?> type) {
        assertThat(Readme.table("type"))
                .filteredOn(row -> row.get(0).equals("`" + type.getSimpleName() + "`"))
                .singleElement()
                .satisfies(row -> assertThat(row.get(2)).hasSizeGreaterThan(20));
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_stands_in_the_row_of_the_type_it_is_thrown_as(FailureKind kind) {
        String type = thrownFor(kind).getClass().getSimpleName();
        assertThat(Readme.table("type"))
                .filteredOn(row -> row.get(0).equals("`" + type + "`"))
                .singleElement()
                .satisfies(row -> assertThat(row.get(1)).contains("`" + kind + "`"));
    }

    private static Exception thrownFor(FailureKind kind) {
        Classification meaning = new Classification(
                kind,
                Scope.MESSAGE,
                RetryAdvice.NO,
                RetryHow.SAME_SESSION,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                "readme",
                "test:readme",
                "ReadmeTest",
                "");
        FailureReport report =
                new FailureReport(meaning, SmtpPhase.UNKNOWN, Optional.empty(), List.of(), 0, Optional.empty());
        return MailFailures.of(report, Origin.connecting(null, "", -1));
    }

    @Test
    void the_dependency_to_copy_names_the_real_coordinates() throws Exception {
        Pom library = Pom.read("library/pom.xml");
        List<String> blocks = Readme.blocks("xml");
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            Pom dependency = Pom.parse(block);
            assertThat(dependency.text("groupId")).isEqualTo(library.text("parent/groupId"));
            assertThat(dependency.text("artifactId")).isEqualTo(library.text("artifactId"));
            assertThat(dependency.text("version")).isEqualTo(library.text("parent/version"));
        }
    }

    @Test
    void the_costs_of_the_agent_are_those_that_were_measured() {
        String measured = Readme.read("agent/COST.md");
        assertThat(Readme.text())
                .contains(measured.substring(measured.indexOf("| JDK | mail")).strip())
                .contains(measured.lines()
                        .filter(line -> line.startsWith("The jar has "))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void the_speed_is_that_which_was_measured() {
        assertThat(Readme.text())
                .contains(Readme.read("library/benchmark/benchmark.md").strip());
        assertThat(Readme.read("library/benchmark/benchmark.svg")).contains("<svg");
    }

    @Test
    void ci_runs_the_command_of_the_readme() {
        List<String> lines = Readme.read(".ci/run").lines().toList();
        String command = lines.get(lines.size() - 1);
        assertThat(lines).contains("set -euo pipefail");
        assertThat(Readme.blocks("sh")).contains(command + "\n");
        assertThat(Readme.text()).contains("The tests:\n\n```sh\n" + command + "\n```");
        assertThat(Files.isExecutable(Readme.PROJECT.resolve(".ci/run"))).isTrue();
    }

    @Test
    void every_jar_that_is_run_is_one_the_build_makes() throws Exception {
        List<String> built = new ArrayList<>();
        for (String module : Pom.read("pom.xml").texts("modules/module")) {
            built.add(module + "/target/" + Pom.read(module + "/pom.xml").text("build/finalName") + ".jar");
        }
        Matcher run = Pattern.compile("(?:java -jar |-javaagent:?)([^\\s=`]*)").matcher(Readme.text());
        List<String> jars = new ArrayList<>();
        while (run.find()) {
            jars.add(run.group(1));
        }
        assertThat(jars)
                .contains("example-app/target/resilient-mail-example.jar")
                .isSubsetOf(built);
    }

    @Test
    void the_explain_command_works_as_written() throws Exception {
        List<String> commands = Readme.blocks("sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.contains("resilient-mail.jar explain "))
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            ForkedJvm.Result result = ForkedJvm.run(
                    directory,
                    Stream.concat(
                                    Stream.of(
                                            "-cp", System.getProperty("java.class.path"), "org.resilientmail.cli.Main"),
                                    ForkedJvm.words(command.substring(command.indexOf("explain "))).stream())
                            .toList());
            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("TOO_MANY_RECIPIENTS");
        }
    }

    @Test
    void the_rules_of_the_readme_are_a_valid_rule_file_and_decide_their_examples() {
        List<String> blocks = Readme.blocks("rules");
        assertThat(blocks).singleElement().satisfies(block -> {
            ReplyClassifier classifier =
                    ReplyClassifier.withUserRules("README", block.lines().toList());
            assertThat(classifier
                            .classify(SmtpPhase.RCPT, SmtpReply.parse("451 4.7.9 Our relay is busy"))
                            .ruleId())
                    .isEqualTo("own.busy");
            assertThat(classifier
                            .classify(SmtpPhase.MAIL, SmtpReply.parse("452 Parcel cap hit"))
                            .ruleId())
                    .isEqualTo("own.cap");
        });
    }
}
