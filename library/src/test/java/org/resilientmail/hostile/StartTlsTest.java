package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.TlsRequired;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Plain text around STARTTLS, where somebody in between may write. */
@Timeout(60)
class StartTlsTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder()
            .user("user", "secret")
            .requireTls()
            .requireAuth()
            .start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server)
                .as("user", "secret")
                .startTls()
                .smtp("timeout", "1000")
                .set("mail.resilient.retry.deadline", "5s")
                .set("mail.resilient.retry.initial-wait", "1ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250-mx.example.com\n250 AUTH LOGIN",
                "250 2.0.0 Ok\n250 2.0.0 Ok\n235 2.7.0 Ok\n250 2.1.0 Ok\n250 2.1.5 Ok\n354 Go\n250 2.0.0 Queued"
            })
    void replies_injected_in_plain_text_after_starttls_are_not_read_inside_tls(String injected) throws Exception {
        server.on(Step.STARTTLS).fault(Fault.TWO_REPLIES, injected);
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CLOSE", "RESET", "GARBAGE", "SILENCE", "CODE_CHANGE_IN_MULTILINE", "HALF_LINE", "SLOW_DRIP"})
    void nothing_is_said_in_plain_text_after_a_starttls_that_failed(Fault fault) throws Exception {
        server.on(Step.STARTTLS).always().fault(fault);
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
        boolean dripped = fault == Fault.SLOW_DRIP;
        assertThat(server.account().accepted()).hasSize(dripped ? 1 : 0);
        assertThat(server.account().count("AUTH")).isEqualTo(dripped ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"EHLO", "MAIL", "RCPT", "DATA", "END_OF_DATA"})
    void plain_text_inside_tls_is_no_reply(Step step) throws Exception {
        server.on(step)
                .matching(e -> step != Step.EHLO || e.occurrence() == 2)
                .fault(Fault.PLAINTEXT_IN_TLS, "250 2.0.0 Ok");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown().isPresent()).isEqualTo(step == Step.END_OF_DATA);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_server_with_a_certificate_that_is_valid_but_not_trusted_is_not_asked_again(boolean fromTheStart)
            throws Exception {
        ServerBuilder kind = fromTheStart
                ? ScriptedSmtpServer.builder().implicitTls()
                : ScriptedSmtpServer.builder().startTls();
        try (ScriptedSmtpServer untrusted = kind.start()) {
            TestSessions trustingOthers = TestSessions.of(untrusted)
                    .startTls()
                    .distrusting()
                    .smtp("ssl.trust", "other.example.com")
                    .smtp("ssl.checkserveridentity", "false");
            Session session = trustingOthers.session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                    .isInstanceOf(TlsRequired.class)
                    .hasRootCauseMessage("Server is not trusted: 127.0.0.1");
            assertThat(untrusted.account().opened()).isEqualTo(1);
        }
    }
}
