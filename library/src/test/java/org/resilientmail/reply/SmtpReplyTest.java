package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {

    @Test
    void codeEnhancedCodeAndTextAreTold() {
        SmtpReply reply = SmtpReply.parse("452 4.5.3 Too many recipients\r\n");

        assertThat(reply.code()).isEqualTo(452);
        assertThat(reply.enhanced()).contains(new EnhancedStatus(4, 5, 3));
        assertThat(reply.text()).isEqualTo("Too many recipients");
        assertThat(reply).hasToString("452 4.5.3 Too many recipients");
        assertThat(reply.isTransient()).isTrue();
        assertThat(reply.isPermanent()).isFalse();
        assertThat(reply.isPositive()).isFalse();
    }

    @Test
    void furtherLinesLoseTheirRepeatedCodes() {
        SmtpReply reply =
                SmtpReply.parse("550-5.7.26 Unauthenticated email from\r\n550-5.7.26 example.com\n550 5.7.26 no");

        assertThat(reply).hasToString("550 5.7.26 Unauthenticated email from example.com no");
    }

    @Test
    void theFirstOfSeveralCodesCounts() {
        SmtpReply reply = SmtpReply.parse("250-first\n550 second");

        assertThat(reply.code()).isEqualTo(250);
        assertThat(reply.text()).isEqualTo("first 550 second");
    }

    @Test
    void aNumberAtTheStartOfAFurtherLineIsText() {
        assertThat(SmtpReply.parse("452-At most\n452 100 recipients").text()).isEqualTo("At most 100 recipients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 sorry (#5.1.1)",
                "550 #5.1.1 no",
                "550 [5.1.1] no",
                "550 cuda_nsu 5.1.1 no",
                "550 5.1.1: no",
                "550-no\n550 5.1.1 never"
            })
    void theEnhancedCodeIsFoundWhereServersPutIt(String raw) {
        assertThat(SmtpReply.parse(raw).enhanced()).contains(new EnhancedStatus(5, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 6.6.0 x",
                "550 5.1 x",
                "550 5.1.1.2 x",
                "550 5.1.1a",
                "550 5.1000.1 x",
                "550 from 192.0.2.1",
                "550 4.16.55.1"
            })
    void whatOnlyLooksLikeAnEnhancedCodeIsNone(String raw) {
        assertThat(SmtpReply.parse(raw).enhanced()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\r\n", "hello", "55", "5500 x", "199.0.2.1 x", "600 x", "099 x", "5a0", "٥٥٠ x"})
    void aReplyWithoutACodeHasCodeZero(String raw) {
        assertThat(SmtpReply.parse(raw).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"452", "452 ", "452-", "452. x", "452:x", "452\tx", " 452 x", "452\n", "\n452 x"})
    void aCodeIsReadHoweverItEnds(String raw) {
        assertThat(SmtpReply.parse(raw).code()).isEqualTo(452);
    }

    @Test
    void nullCountsAsEmpty() {
        assertThat(SmtpReply.parse(null)).isEqualTo(SmtpReply.parse("")).hasToString("");
    }

    @Test
    void controlAndReorderingCharactersDoNotReachThePrintedText() {
        SmtpReply reply = SmtpReply.parse("550 a\u0000b\u001b[31mc\u202ed\u2066e\u0085f\u2028g\ud800h\udb40\udc41i");

        assertThat(reply.text()).isEqualTo("a b [31mcde f g\ufffdhi");
    }

    @Test
    void tenMegabytesAreReadAsFarAsTheyCount() {
        SmtpReply reply = SmtpReply.parse("550 " + "x".repeat(10_000_000));

        assertThat(reply.text()).hasSize(4092);
    }

    @Test
    void repliesWithTheSameWordsAreEqual() {
        assertThat(SmtpReply.parse("550-5.1.1 no\n550 5.1.1 user"))
                .isEqualTo(SmtpReply.parse("550 5.1.1 no user"))
                .hasSameHashCodeAs(SmtpReply.parse("550 5.1.1 no user"))
                .isNotEqualTo(SmtpReply.parse("550 no user"));
    }

    @Test
    void anEnhancedStatusOutsideItsRangesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatus(3, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatus(5, 1000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatus(5, 1, -1));
    }
}
