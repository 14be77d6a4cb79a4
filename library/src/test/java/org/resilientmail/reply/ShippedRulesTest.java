package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRulesTest {

    static List<RuleSummary> deciding() {
        return ReplyClassifier.shipped().rules().stream()
                .filter(rule -> !rule.kind().equals("HINT"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deciding")
    void everyExampleIsDecidedByItsOwnRule(RuleSummary rule) {
        Classification found = ReplyClassifier.shipped().classify(rule.phase(), SmtpReply.parse(rule.example()));

        assertThat(found.ruleId()).as(rule.example()).isEqualTo(rule.id());
        assertThat(found.source()).isNotBlank();
        assertThat(found.kind()).isNotEqualTo(FailureKind.DELIVERY_UNCERTAIN);
    }
}
