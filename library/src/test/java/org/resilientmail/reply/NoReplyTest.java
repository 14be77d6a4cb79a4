package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoReplyTest {

    @ParameterizedTest
    @EnumSource
    void afterTheFinalDotTheDeliveryIsUncertainAndNotRetried(NoReply cause) {
        Classification found = cause.classify(SmtpPhase.END_OF_DATA, true);

        assertThat(found.kind()).isEqualTo(FailureKind.DELIVERY_UNCERTAIN);
        assertThat(found.retry()).isEqualTo(RetryAdvice.NO);
        assertThat(found.scope()).isEqualTo(Scope.MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheFinalDotNothingIsUncertain(NoReply cause) {
        for (SmtpPhase phase : SmtpPhase.values()) {
            Classification found = cause.classify(phase, false);

            assertThat(found.kind()).isNotEqualTo(FailureKind.DELIVERY_UNCERTAIN);
            assertThat(found.how()).isEqualTo(RetryHow.NEW_SESSION);
            assertThat(found.ruleId()).startsWith("io:");
            assertThat(found.advice()).endsWith(".");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_HOST, CONNECT, SERVER_UNAVAILABLE, LATER, SERVER, io:unknown-host",
        "CONNECT_REFUSED, CONNECT, SERVER_UNAVAILABLE, YES, SERVER, io:connect-refused",
        "CONNECT_TIMEOUT, CONNECT, SERVER_UNAVAILABLE, YES, SERVER, io:connect-timeout",
        "TLS_HANDSHAKE, STARTTLS, TLS_REQUIRED, NO, SERVER, io:tls-handshake",
        "TLS_NOT_OFFERED, STARTTLS, TLS_REQUIRED, NO, SERVER, io:tls-not-offered",
        "NO_AUTH_MECHANISM, EHLO, AUTHENTICATION_FAILED, NO, SERVER, io:no-auth-mechanism",
        "AUTH_STUCK, AUTH, AUTHENTICATION_FAILED, NO, SERVER, io:auth-stuck",
        "CLOSED, MAIL, SERVER_UNAVAILABLE, YES, SESSION, io:closed",
        "RESET, BODY, SERVER_UNAVAILABLE, YES, SESSION, io:reset",
        "TIMEOUT, AUTH, SERVER_UNAVAILABLE, YES, SERVER, io:timeout",
        "WRITE_FAILED, BODY, SERVER_UNAVAILABLE, YES, SESSION, io:write-failed",
        "GARBAGE, CONNECT, PROTOCOL_ERROR, YES, SERVER, io:garbage",
        "INTERRUPTED, RCPT, SERVER_UNAVAILABLE, NO, SESSION, io:interrupted"
    })
    void theWayTheReplyStayedAwayTellsWhatFollows(
            NoReply cause, SmtpPhase phase, FailureKind kind, RetryAdvice retry, Scope scope, String rule) {
        Classification found = cause.classify(phase, false);

        assertThat(found.kind()).isEqualTo(kind);
        assertThat(found.retry()).isEqualTo(retry);
        assertThat(found.scope()).isEqualTo(scope);
        assertThat(found.ruleId()).isEqualTo(rule);
    }
}
