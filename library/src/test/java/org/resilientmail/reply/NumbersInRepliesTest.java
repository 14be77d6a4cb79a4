package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersInRepliesTest {

    private static Classification classify(SmtpPhase phase, String reply) {
        return ReplyClassifier.shipped().classify(phase, SmtpReply.parse(reply));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "550 Too many messages. Try again in 92 seconds.; 92",
                "422 try again in 15 seconds; 15",
                "451 4.7.1 Greylisting in action, please come back in 00:04:59; 299",
                "450 4.2.0 Greylisted for 5 minutes; 300",
                "450 4.2.0 greylisted, retry in 60s; 60",
                "451 4.7.1 Rate limit exceeded, retry after 30; 30",
                "421 4.7.0 Hourly sending limit reached. Try again in an hour; 3600",
                "450 4.7.0 Message quota exceeded, please try again tomorrow; 86400",
                "550 5.7.1 daily quota exceeded, expires in 5 hours; 18000",
                "452 4.2.2 Greylisted, please try again in a few moments.; 60",
                "450 4.7.1 Rate limit, wait at least 1,200 seconds; 1200",
                "450 4.7.1 Rate limit, try again in 999999 days; 604800"
            })
    void waitsAreReadFromTheText(String reply, long seconds) {
        assertThat(classify(SmtpPhase.UNKNOWN, reply).waitHint()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "RCPT; 452 4.5.3 Too many recipients (max 50 per message); RECIPIENTS_PER_MESSAGE; 50",
                "RCPT; 452 4.5.3 Recipient limit exceeded, limit of 100 recipients; RECIPIENTS_PER_MESSAGE; 100",
                "RCPT; 550 5.5.3 Too many recipients specified, maximum of 1,000 allowed; RECIPIENTS_PER_MESSAGE; 1000",
                "AUTH; 454 4.7.0 Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10); SESSIONS_AT_ONCE; 10",
                "MAIL; 421 4.7.0 Maximum of 20 messages per connection exceeded; MESSAGES_PER_SESSION; 20",
                "MAIL; 552 5.3.4 Message size exceeds fixed maximum message size 26214400; MESSAGE_SIZE; 26214400",
                "END_OF_DATA; 523 Message length (12345678 bytes) exceeds administrative limit(10485760).; MESSAGE_SIZE; 10485760",
                "END_OF_DATA; 552 Message too large (maximum size 14MB); MESSAGE_SIZE; 14680064",
                "MAIL; 421 4.3.2 Session time limit of 30 minutes reached; SESSION_LIFETIME; 1800"
            })
    void limitsAreReadWithTheirNumbers(SmtpPhase phase, String reply, LimitKind limit, long value) {
        Classification found = classify(phase, reply);

        assertThat(found.limit()).as(found.ruleId()).contains(limit);
        assertThat(found.limitValue()).as(found.ruleId()).hasValue(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "RCPT; 452 4.5.3 Too many recipients",
                "RCPT; 452 4.5.3 Too many recipients from 192.0.2.10 id a1b2c3",
                "MAIL; 421 4.7.0 Too many messages per session, closing connection",
                "RCPT; 452 4.5.3 Too many recipients max 99999999999999999999 per message"
            })
    void noNumberIsReadWhereNoneIsNamed(SmtpPhase phase, String reply) {
        assertThat(classify(phase, reply).limitValue()).isEmpty();
    }

    @Test
    void theSameWordsCapRecipientsAtRcptAndMessagesAtMail() {
        String reply = "452 4.5.3 Too many";

        assertThat(classify(SmtpPhase.RCPT, reply).kind()).isEqualTo(FailureKind.TOO_MANY_RECIPIENTS);
        assertThat(classify(SmtpPhase.RCPT, reply).how()).isEqualTo(RetryHow.SPLIT);
        assertThat(classify(SmtpPhase.MAIL, reply).kind()).isEqualTo(FailureKind.SESSION_LIMIT);
        assertThat(classify(SmtpPhase.MAIL, reply).limit()).contains(LimitKind.MESSAGES_PER_SESSION);
    }

    @Test
    void whatIsNotRetriedHasNoWait() {
        Classification found = classify(SmtpPhase.AUTH, "535 5.7.8 Wrong password, try again after 5 seconds");

        assertThat(found.kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);
        assertThat(found.waitHint().isPresent()).isEqualTo(found.retry() != RetryAdvice.NO);
        assertThat(classify(SmtpPhase.MAIL, "552 5.3.4 Too big, wait 5 minutes").waitHint())
                .isEmpty();
    }
}
