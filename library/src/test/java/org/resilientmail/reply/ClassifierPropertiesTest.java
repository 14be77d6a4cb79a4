package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every input, however hostile. */
class ClassifierPropertiesTest {

    private static final ReplyClassifier CLASSIFIER = ReplyClassifier.shipped();

    /** Pieces that steer the parser and the rules into their corners. */
    @Provide
    Arbitrary<String> pieces() {
        Arbitrary<String> known = Arbitraries.of(
                "550",
                "452-",
                "421 ",
                "4.5.3",
                "5.7.1 ",
                "(#5.1.1)",
                "\r\n",
                "\n",
                "\r",
                "\t",
                " ",
                "-",
                "\u0000",
                "\u001b[2J",
                "\u202e",
                "\ufeff",
                "\ud800",
                "\udc00",
                "too many recipients",
                "quota exceeded",
                "max ",
                "50",
                "99999999999999999999",
                "in ",
                "92 seconds",
                "00:05:00",
                "99:99:99",
                "tomorrow",
                "tls",
                "per hour",
                "greylist",
                "user unknown",
                "\u00e9",
                "\u0130",
                "\uac01",
                "\ufdfa",
                "#",
                "(",
                "1.",
                ",",
                "=10",
                "10,000");
        return Arbitraries.oneOf(known, Arbitraries.strings().all().ofMaxLength(8));
    }

    @Provide
    Arbitrary<String> replies() {
        return pieces().list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> longReplies() {
        return Combinators.combine(pieces(), Arbitraries.integers().between(1, 20_000))
                .as((piece, times) -> "550 " + piece.repeat(times));
    }

    @Property(tries = 5000)
    void everyReplyIsClassifiedCompletely(@ForAll SmtpPhase phase, @ForAll("replies") String raw) {
        Classification found = CLASSIFIER.classify(phase, SmtpReply.parse(raw));

        assertThat(found.kind()).isNotEqualTo(FailureKind.DELIVERY_UNCERTAIN);
        assertThat(found.advice()).isNotBlank();
        assertThat(found.waitHint().orElse(Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofDays(7));
        assertThat(found.limitValue().orElse(1)).isPositive();
    }

    @Property(tries = 300)
    void noLengthAndNoRepetitionIsTooMuch(@ForAll SmtpPhase phase, @ForAll("longReplies") String raw) {
        SmtpReply reply = SmtpReply.parse(raw);

        assertThat(reply.text().length()).isLessThanOrEqualTo(ReplyReader.MAX_CHARS);
        assertThat(CLASSIFIER.classify(phase, reply).ruleId()).isNotBlank();
    }

    @Property(tries = 5000)
    void thePrintedReplyIsOneSafeLine(@ForAll("replies") String raw) {
        assertThat(SmtpReply.parse(raw).toString().codePoints())
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
    }

    @Property(tries = 2000)
    void theSameReplyGetsTheSameAnswer(@ForAll SmtpPhase phase, @ForAll("replies") String raw) {
        assertThat(CLASSIFIER.classify(phase, SmtpReply.parse(raw)))
                .isEqualTo(CLASSIFIER.classify(phase, SmtpReply.parse(raw)));
    }

    @Property(tries = 2000)
    void theServersLetterCaseDoesNotMatter(@ForAll SmtpPhase phase, @ForAll("asciiReplies") String raw) {
        assertThat(CLASSIFIER.classify(phase, SmtpReply.parse(raw.toUpperCase(Locale.ROOT))))
                .isEqualTo(CLASSIFIER.classify(phase, SmtpReply.parse(raw)));
    }

    @Provide
    Arbitrary<String> asciiReplies() {
        return replies().filter(raw -> raw.chars().allMatch(c -> c < 0x80));
    }
}
