package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRulesTest {

    private static final String RULE = "own.busy | RCPT,- | 45z | X.7.* | our relay .. busy + ! for ever | RATE_LIMITED"
            + " | retry=later how=new scope=server wait=2m limit=sessions-at-once reason=own-busy"
            + " | own handbook | 450 4.7.1 Our relay is too busy | Ask the mail team.";

    @Test
    void theUsersRuleComesFirstAndItsOverridesHold() {
        ReplyClassifier classifier = ReplyClassifier.withUserRules("rules", List.of("# ours", "", RULE));

        Classification found = classifier.classify(SmtpPhase.RCPT, SmtpReply.parse("451 4.7.9 OUR relay is busy"));

        assertThat(found.ruleId()).isEqualTo("own.busy");
        assertThat(found.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(found.retry()).isEqualTo(RetryAdvice.LATER);
        assertThat(found.how()).isEqualTo(RetryHow.NEW_SESSION);
        assertThat(found.scope()).isEqualTo(Scope.SERVER);
        assertThat(found.waitHint()).contains(Duration.ofMinutes(2));
        assertThat(found.limit()).contains(LimitKind.SESSIONS_AT_ONCE);
        assertThat(found.reason()).isEqualTo("own-busy");
        assertThat(found.source()).isEqualTo("own handbook");
        assertThat(found.advice()).isEqualTo("Ask the mail team.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "MAIL; 450 4.7.1 our relay is busy; the phase",
                "RCPT; 550 5.7.1 our relay is busy; the code",
                "RCPT; 450 4.2.1 our relay is busy; the enhanced code",
                "RCPT; 450 4.7.1 busy is our relay; the order",
                "RCPT; 450 4.7.1 your relay is busy; the word's start",
                "RCPT; 450 4.7.1 our relay is busy for ever; the excluded words"
            })
    void theUsersRuleKeepsToItsConditions(SmtpPhase phase, String reply, String what) {
        ReplyClassifier classifier = ReplyClassifier.withUserRules("rules", List.of(RULE));

        assertThat(classifier.classify(phase, SmtpReply.parse(reply)).ruleId())
                .as(what)
                .isNotEqualTo("own.busy");
    }

    @Test
    void literalsMatchAsTheirMarksSay() {
        ReplyClassifier classifier = ReplyClassifier.withUserRules(
                "rules",
                List.of(
                        "whole | * | * | * | \"cat\" | UNKNOWN | - | - | -",
                        "inside | * | * | * | *dog | UNKNOWN | - | - | -",
                        "accents | * | * | * | Boîte ’pleine’ | MAILBOX_FULL | - | - | 550 boite 'PLEINE'",
                        "bar | * | * | * | a\\|b | UNKNOWN | - | - | 550 a\\|b"));

        assertThat(rule(classifier, "550 xyzzy the cat, it is")).isEqualTo("whole");
        assertThat(rule(classifier, "550 xyzzy cats")).isNotEqualTo("whole");
        assertThat(rule(classifier, "550 xyzzy hotdogs")).isEqualTo("inside");
        assertThat(rule(classifier, "550 BOÎTE 'pleine'")).isEqualTo("accents");
        assertThat(rule(classifier, "550 a|b")).isEqualTo("bar");
    }

    private static String rule(ReplyClassifier classifier, String reply) {
        return classifier.classify(SmtpPhase.UNKNOWN, SmtpReply.parse(reply)).ruleId();
    }

    @Test
    void aHintChangesOnlyWhetherARetryHelps() {
        ReplyClassifier classifier = ReplyClassifier.withUserRules(
                "rules", new StringReader("own.hint | * | * | * | come again | HINT | retry=later | - | -\n"));

        Classification found =
                classifier.classify(SmtpPhase.END_OF_DATA, SmtpReply.parse("554 5.7.1 Access denied, come again"));

        assertThat(found.kind()).isEqualTo(FailureKind.POLICY_BLOCKED);
        assertThat(found.retry()).isEqualTo(RetryAdvice.LATER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "own | RCTP | * | * | x | UNKNOWN | - | - | -; \"RCTP\"; RCPT",
                "own | * | 45x | * | x | UNKNOWN | - | - | -; \"45x\"; 4yz",
                "own | * | 460-450 | * | x | UNKNOWN | - | - | -; \"460-450\"; 450-452",
                "own | * | * | 5.7 | x | UNKNOWN | - | - | -; \"5.7\"; X.7.1",
                "own | * | * | * | a +  + b | UNKNOWN | - | - | -; literals; joined by",
                "own | * | * | * | x | QUOTA | - | - | -; \"QUOTA\"; quota-exceeded",
                "own | * | * | * | x | DELIVERY_UNCERTAIN | - | - | -; \"DELIVERY_UNCERTAIN\"; QUOTA_EXCEEDED",
                "own | * | * | * | x | UNKNOWN/nothing | - | - | -; \"UNKNOWN/nothing\"; UNKNOWN/unknown",
                "own | * | * | * | x | UNKNOWN | retry=maybe | - | -; \"maybe\"; later",
                "own | * | * | * | x | UNKNOWN | how=fast | - | -; \"fast\"; split",
                "own | * | * | * | x | UNKNOWN | scope=all | - | -; \"all\"; account",
                "own | * | * | * | x | UNKNOWN | wait=5x | - | -; \"5x\"; s, m, h or d",
                "own | * | * | * | x | UNKNOWN | limit=none | - | -; \"none\"; recipients-per-message",
                "own | * | * | * | x | UNKNOWN | reason=A b | - | -; \"A\"; hyphens",
                "own | * | * | * | x | UNKNOWN | colour=red | - | -; \"colour=red\"; retry=",
                "own | * | * | * | x | HINT | - | - | -; \"-\"; retry= for a HINT",
                "own | * | * | * | x | UNKNOWN | - | -; own; this line has 8 columns",
                "own | * | * | | x | UNKNOWN | - | - | -; column 4; * for any",
                "o wn | * | * | * | x | UNKNOWN | - | - | -; \"o wn\"; without spaces",
                "own | * | * | * | x | UNKNOWN | - | - | 550 y; \"own\"; an example the rule itself decides"
            })
    void aBadLineIsOneErrorThatNamesLineValueAndWhatIsAllowed(String line, String value, String allowed) {
        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> ReplyClassifier.withUserRules("own-rules.txt", List.of("# first", line)))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .withMessageStartingWith("own-rules.txt, line 2: ")
                .withMessageContaining(value)
                .withMessageContaining(allowed);
    }

    @Test
    void anIdMayBeUsedOnce() {
        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> ReplyClassifier.withUserRules(
                        "rules",
                        List.of("a | * | * | * | x | UNKNOWN | - | - | -", "a | * | * | * | y | UNKNOWN | - | - | -")))
                .withMessageContaining("line 2")
                .withMessageContaining("each id once");
    }

    @Test
    void checkingNamesEveryBadLine(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("rules.txt"),
                List.of(
                        "bad",
                        RULE,
                        "own | * | 9 | * | x | UNKNOWN | - | - | -",
                        "c | * | * | * | x | UNKNOWN | - | - | 550 y"));

        assertThat(ReplyClassifier.checkUserRules(file))
                .extracting(RuleFileException::line)
                .containsExactly(1, 3, 4);
    }

    @Test
    void aFileThatCannotBeReadIsOneError(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.txt");
        Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> ReplyClassifier.withUserRules(missing))
                .withMessageContaining("missing.txt");
        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> ReplyClassifier.withUserRules(binary))
                .withMessageContaining("UTF-8");
    }

    @Test
    void anEmptyFileLeavesTheShippedRules(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.txt"), "");

        assertThat(ReplyClassifier.withUserRules(file).rules())
                .isEqualTo(ReplyClassifier.shipped().rules());
    }
}
