package org.resilientmail.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark works; how fast anybody is does not matter here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BenchmarkTest {

    @TempDir
    private Path directory;

    @Test
    void a_few_messages_are_sent_counted_written_down_and_drawn() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("bench.peers", "ours,ours-one-flight,raw,raw-two");
        properties.setProperty("bench.delays", "0,2");
        properties.setProperty("bench.threads", "2");
        properties.setProperty("bench.sizes", "2048");
        properties.setProperty("bench.warmup", "0");
        properties.setProperty("bench.least", "1");
        properties.setProperty("bench.seconds", "0");
        properties.setProperty("bench.output", directory.toString());
        List<Measured> results = of(properties).run();
        assertThat(results).hasSize(8).allSatisfy(one -> {
            assertThat(one.messages()).isEqualTo(2);
            assertThat(one.allocated()).isPositive();
            assertThat(one.roundTrips())
                    .isEqualTo(one.contender() == Contender.OURS || one.contender() == Contender.RAW_TWO ? 2 : 1);
        });
        assertThat(directory.resolve("benchmark.tsv"))
                .content()
                .hasLineCount(1 + 8)
                .startsWith(Measured.header());
        assertThat(directory.resolve("benchmark-ratios.tsv")).content().hasLineCount(1 + 4);
        Path picture = directory.resolve("chart.svg");
        Chart.write(results, picture);
        assertThat(Files.readString(picture)).contains("<svg", "<path");
        assertThat(Table.lines(results))
                .hasSize(2 + 4)
                .allSatisfy(line -> assertThat(line).startsWith("| ").endsWith("|"))
                .anySatisfy(line -> assertThat(line).contains("raw sockets", "1.00"));
    }

    private static Benchmark of(Properties properties) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Benchmark(Plan.of(properties), nowhere);
    }

    @Test
    void a_scene_that_breaks_somebody_down_does_not_take_the_others_with_it() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("bench.peers", "ours");
        properties.setProperty("bench.delays", "0");
        properties.setProperty("bench.threads", "1");
        properties.setProperty("bench.sizes", "120000000,2048"); // the sink announces that it does not take the first
        properties.setProperty("bench.contents", "file");
        properties.setProperty("bench.warmup", "0");
        properties.setProperty("bench.least", "1");
        properties.setProperty("bench.seconds", "0");
        properties.setProperty("bench.output", directory.toString());
        Benchmark benchmark = of(properties);
        assertThat(benchmark.run()).extracting(one -> one.scene().octets()).containsExactly(2048);
        assertThat(benchmark.failures())
                .singleElement()
                .asString()
                .startsWith("not measured: ours, ")
                .contains("120000000 octets");
        assertThat(directory.resolve("benchmark-ours.log")).content().contains("MESSAGE_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bench.peers; nobody",
                "bench.peers; agent",
                "bench.delays; -1",
                "bench.threads; 0",
                "bench.threads; x",
                "bench.sizes; 2048,2k",
                "bench.contents; pdf",
                "bench.seconds; -1",
                "bench.warmup; soon",
                "bench.least; 0",
                "bench.quick; yes",
                "bench.agent; nowhere.jar"
            })
    void what_it_cannot_do_is_said_with_its_name_before_anything_begins(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        assertThatThrownBy(() -> Plan.of(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key);
    }

    @Test
    void a_greeting_over_the_line_comes_two_round_trips_after_the_client_called() throws Exception {
        Scene scene = new Scene(100, 1, 2048);
        try (Sink sink = new Sink();
                DelayLine line = new DelayLine(sink.port(), scene.delayMillis())) {
            Duration greeting = timed(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
                    assertThat(socket.getInputStream().read()).isEqualTo('2');
                }
            });
            assertThat(greeting).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Duration timed(Action action) throws Exception {
        long begin = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
