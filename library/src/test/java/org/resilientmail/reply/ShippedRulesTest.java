package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRulesTest {

    private static final ReplyClassifier CLASSIFIER = ReplyClassifier.shipped();

    static List<RuleSummary> deciding() {
        return CLASSIFIER.rules().stream()
                .filter(rule -> !rule.kind().equals("HINT"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deciding")
    void everyExampleIsDecidedByItsOwnRule(RuleSummary rule) {
        Classification found = CLASSIFIER.classify(rule.phase(), SmtpReply.parse(rule.example()));

        assertThat(found.ruleId()).as(rule.example()).isEqualTo(rule.id());
        assertThat(found.source()).isNotBlank();
        assertThat(found.advice()).endsWith(".");
    }

    @Test
    void everyRuleHasAnExampleButTheOneForBlankReplies() {
        assertThat(CLASSIFIER.rules())
                .filteredOn(rule -> rule.example().isEmpty())
                .extracting(RuleSummary::id)
                .containsExactly("cc.blank");
    }

    @Test
    void everyKindButUncertaintyIsTheResultOfARule() {
        Set<FailureKind> reached = EnumSet.noneOf(FailureKind.class);
        deciding().forEach(rule -> reached.add(FailureKind.valueOf(rule.kind())));

        assertThat(reached).isEqualTo(EnumSet.complementOf(EnumSet.of(FailureKind.DELIVERY_UNCERTAIN)));
    }

    @Test
    void noPhaseAndNoCodeIsLeftWithoutAnAnswer() {
        for (SmtpPhase phase : SmtpPhase.values()) {
            for (int code = 0; code < 1000; code++) {
                assertThat(CLASSIFIER
                                .classify(phase, SmtpReply.parse(code + " x"))
                                .advice())
                        .isNotBlank();
            }
        }
    }

    @Test
    void aRetryAfterTheSessionsEndTakesANewOne() {
        assertThat(Arrays.stream(SmtpPhase.values())
                        .map(phase -> CLASSIFIER
                                .classify(phase, SmtpReply.parse("421 4.3.2 going away"))
                                .how()))
                .containsOnly(RetryHow.NEW_SESSION);
    }
}
