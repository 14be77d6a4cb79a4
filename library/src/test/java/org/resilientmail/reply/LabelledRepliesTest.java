package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelledRepliesTest {

    static List<LabelledReply> labelled() {
        return Stream.of("labelled-replies.tsv", "tuned-replies.tsv")
                .flatMap(file -> LabelledReply.read(file).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("labelled")
    void isClassifiedAsItsLabelSays(LabelledReply reply) {
        Classification found = reply.classified();

        assertThat(found.kind()).as("%s, by %s", reply.why(), found.ruleId()).isIn(reply.kinds());
        assertThat(found.retry()).as("%s, by %s", reply.why(), found.ruleId()).isIn(reply.advice());
        assertThat(found.advice()).isNotBlank();
    }
}
