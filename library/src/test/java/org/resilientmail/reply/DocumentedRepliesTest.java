package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedRepliesTest {

    /** A row of the table: what a provider's document says, and what has to follow from it. */
    record Row(
            String document,
            SmtpPhase phase,
            String reply,
            String kind,
            String retry,
            String scope,
            String seconds,
            String reason,
            String why) {

        static Row parse(String line) {
            String[] columns = line.split("\t");
            return new Row(
                    columns[0],
                    columns[1].equals("-") ? SmtpPhase.UNKNOWN : SmtpPhase.valueOf(columns[1]),
                    columns[2].equals("-") ? "" : columns[2],
                    columns[3],
                    columns[4],
                    columns[5],
                    columns[6],
                    columns[7],
                    columns[8]);
        }
    }

    static List<Row> documented() {
        return TestFiles.lines("documented-replies.tsv").stream()
                .map(Row::parse)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void everyDocumentedReplyComesOutRight(Row row) {
        Classification found = ReplyClassifier.shipped().classify(row.phase(), SmtpReply.parse(row.reply()));

        assertThat(found.kind().name()).as("kind, %s", found.ruleId()).isIn(alternatives(row.kind()));
        assertThat(lower(found.retry())).as("retry, %s", found.ruleId()).isIn(alternatives(row.retry()));
        assertThat(lower(found.scope())).as("scope, %s", found.ruleId()).isIn(alternatives(row.scope()));
        assertThat(found.waitHint()
                        .map(wait -> String.valueOf(wait.toSeconds()))
                        .orElse("-"))
                .as("wait, %s", found.ruleId())
                .isEqualTo(row.seconds());
        if (!row.reason().equals("-")) {
            assertThat(found.reason()).as("reason, %s", found.ruleId()).isIn(alternatives(row.reason()));
        }
        assertThat(found.advice()).endsWith(".");
    }

    private static List<String> alternatives(String column) {
        return Arrays.asList(column.split("\\|"));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
