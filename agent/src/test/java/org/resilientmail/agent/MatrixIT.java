package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legacyapp.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerAccount;

/** Every mail version, place, way of sending and trouble: what the application was told, and what the relay has. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MatrixIT {

    @TempDir
    Path directory;

    /** One batch of messages. */
    private record Cell(Way way, Trouble trouble, ScriptedSmtpServer server) {
        String name() {
            return way + ":" + trouble;
        }
    }

    /** What became of a batch. */
    private record Seen(List<String> ends, Map<String, Integer> copies) {
        int deliveredOnce() {
            return (int) copies.values().stream().filter(n -> n == 1).count();
        }

        int duplicates() {
            return copies.values().stream().mapToInt(n -> n - 1).sum();
        }

        int told() {
            return (int) ends.stream().filter(end -> !end.equals("sent")).count();
        }

        String numbers() {
            return deliveredOnce() + " " + duplicates() + " " + told();
        }
    }

    /** With each of them something else is different; the others are between these. */
    private static final Set<MailVersion> USUAL = EnumSet.of(
            MailVersion.JAVAMAIL_1_4_7,
            MailVersion.JAVAMAIL_1_6_2,
            MailVersion.ANGUS_1_1_0,
            MailVersion.ANGUS_2_0_5,
            MailVersion.ANGUS_2_0_5_AMONG_2_0_1,
            MailVersion.JAVAMAIL_1_6_2_AMONG_1_4_7);

    private static final MatrixTable TABLE = new MatrixTable();

    /** Every version everywhere; or the usual ones where most are, and one of them in each other place. */
    static Stream<Arguments> runs() {
        List<MailVersion> usual = List.copyOf(USUAL);
        return Stream.of(MailVersion.values())
                .flatMap(version -> Stream.of(Place.values())
                        .filter(place -> place == Place.CLASS_PATH || !version.isMixed())
                        .filter(place -> MatrixTable.IS_WHOLE
                                || (place == Place.CLASS_PATH
                                        ? USUAL.contains(version)
                                        : version == usual.get(place.ordinal() % 4)))
                        .map(place -> Arguments.of(version, place)));
    }

    @AfterAll
    static void keepTheTable() throws IOException {
        TABLE.write((int) runs().count());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void every_message_arrives_once_or_its_failure_is_told(MailVersion version, Place place) throws Exception {
        Path config = Files.writeString(
                directory.resolve("resilient-mail.properties"),
                "mail.resilient.retry.initial-wait=5ms\nmail.resilient.retry.jitter=0\n"
                        + "mail.resilient.session.max-idle=1s\n");
        Map<String, Seen> with = run(
                version,
                place == Place.CLASS_PATH,
                batches -> place.runWithAgent(config.toString(), version, folder("with"), batches));
        Map<String, Seen> without =
                run(version, false, batches -> place.runWithout(version, folder("without"), batches));
        for (Way way : ways(version)) {
            for (Trouble trouble : Trouble.values()) {
                check(way, trouble, with.get(way + ":" + trouble));
            }
        }
        with.forEach((cell, seen) -> TABLE.add(
                version, place, cell, seen.numbers(), without.get(cell).numbers()));
        assertThatTheTroublesAreReal(without);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void check(Way way, Trouble trouble, Seen seen) {
        trouble.check(seen.ends().toArray(String[]::new));
        IntStream.rangeClosed(1, trouble.messages())
                .mapToObj(i -> "to" + i + "@example.com")
                .forEach(recipient -> {
                    assertThat(seen.copies().getOrDefault(recipient, 0))
                            .as("%s %s %s: copies", way, trouble, recipient)
                            .isEqualTo(trouble.fails(recipient) ? trouble.copiesOfFailed() : 1);
                });
    }

    /** Without the agent the same troubles hurt: else the matrix would prove nothing. */
    private static void assertThatTheTroublesAreReal(Map<String, Seen> without) {
        assertThat(without.get("SEND:NONE").deliveredOnce()).isEqualTo(Trouble.NONE.messages());
        assertThat(without.get("SEND:NONE").told()).isZero();
        for (Trouble trouble : Trouble.values()) {
            Seen batch = without.get((trouble == Trouble.SESSIONS_1 ? "TWO_OPEN:" : "BATCH:") + trouble);
            if (trouble != Trouble.NONE) {
                assertThat(batch.told() + batch.duplicates())
                        .as("%s without", trouble)
                        .isPositive();
            }
        }
        assertThat(without.get("SEND:DOT_RESET").duplicates()).isPositive();
    }

    /** An application that is told which batches to send. */
    private interface Application {
        AppJvm.Ended send(List<String> batches) throws Exception;
    }

    private static Map<String, Seen> run(MailVersion version, boolean alone, Application application) throws Exception {
        List<Cell> cells = new ArrayList<>();
        try {
            for (Way way : ways(version)) {
                for (Trouble trouble : Trouble.values()) {
                    cells.add(new Cell(way, trouble, trouble.server(way == Way.SMTPS)));
                }
            }
            AppJvm.Ended ended = application.send(cells.stream()
                    .map(cell -> cell.name() + ":" + cell.server().port() + ":"
                            + cell.trouble().messages())
                    .toList());
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(ended.err())
                    .filteredOn(line -> alone || line.startsWith("resilient-mail agent"))
                    .as("stderr")
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(ended.out())
                    .as("an undeployed application goes, whatever it went through")
                    .doesNotContain("collected false");
            Map<String, String> ends = new LinkedHashMap<>();
            ended.out().stream()
                    .filter(line -> line.contains("="))
                    .forEach(line ->
                            ends.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (Cell cell : cells) {
                ServerAccount account = cell.server().account();
                seen.put(
                        cell.name(),
                        new Seen(Arrays.asList(ends.get(cell.name()).split(";")), account.copiesPerRecipient()));
            }
            return seen;
        } finally {
            cells.forEach(cell -> cell.server().close());
        }
    }

    private static List<Way> ways(MailVersion version) {
        return Stream.of(Way.values())
                .filter(way -> way != Way.SOCKET) // is left alone, see PlacesIT
                .filter(way -> version.sendsAs() || way != Way.SEND_AS && way != Way.SEND_TO_AS)
                .toList();
    }
}
