package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SoakMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return SoakMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Map<String, String> row(String header, String row) {
        String[] names = header.split("\t", -1);
        String[] values = row.split("\t", -1);
        assertThat(values).hasSameSizeAs(names);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            assertThat(fields.put(names[i], values[i])).as(names[i]).isNull();
        }
        return fields;
    }

    private static int sum(Map<String, String> row, String prefix) {
        return row.entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .mapToInt(field -> Integer.parseInt(field.getValue()))
                .sum();
    }

    @Test
    void a_table_has_a_header_and_one_row_per_round_in_which_everybody_is_counted_once() {
        int status =
                run("--threads 4 --messages 200 --seed -7 --fault-rate 0.05 --duration 1s --format tsv".split(" "));

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        assertThat(lines()).hasSizeGreaterThanOrEqualTo(2);
        for (int round = 1; round < lines().size(); round++) {
            Map<String, String> row = row(lines().get(0), lines().get(round));
            assertThat(row)
                    .containsEntry("result", "passed")
                    .containsEntry("seed", Integer.toString(round - 8))
                    .containsEntry("threads", "4")
                    .containsEntry("messages", "200")
                    .containsEntry("fault_rate", "0.05")
                    .containsEntry("broken", "0");
            assertThat(sum(row, "calls_") + sum(row, "without_password")).isEqualTo(200);
            assertThat(sum(row, "recipients_")).isBetween(200, 8 * 200);
            assertThat(sum(row, "commands")).isGreaterThan(1_000);
            assertThat(sum(row, "faults")).isPositive();
        }
    }

    @Test
    void the_text_is_one_line_per_round() {
        assertThat(run("--messages", "50", "--seed", "3")).isZero();
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("soak passed: seed 3, 50 calls by 32 threads"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--thread 4; unknown option --thread",
                "100; unknown option 100",
                "--threads; --threads needs a value",
                "--threads 0; --threads 0; allowed: a whole number from 1",
                "--messages many; --messages many",
                "--messages 5 --messages 6; --messages is given twice",
                "--fault-rate 1.5; --fault-rate 1.5",
                "--fault-rate -0.1; --fault-rate -0.1",
                "--fault-rate NaN; --fault-rate NaN",
                "--seed x; --seed x",
                "--duration 5; --duration 5",
                "--duration -5s; --duration -5s",
                "--format json; --format json",
                "--help; unknown option --help"
            })
    void a_wrong_call_is_told_in_one_line_before_the_usage_and_runs_nothing(String args, String words) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(out.size()).isZero();
        List<String> told = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(told.get(0)).startsWith("soak: " + words);
        assertThat(told.get(1)).startsWith("usage: ");
    }

    @Test
    void without_options_it_is_the_soak_of_the_build() throws Exception {
        SoakOptions options = SoakOptions.parse();
        assertThat(options).isEqualTo(SoakOptions.usual(options.seed()));
    }
}
