package org.resilientmail.dropin.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.Step;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

class SimpleJavaMailTest {

    @RegisterExtension
    final Overheard overheard = new Overheard();

    private static Mailer mailer(ScriptedSmtpServer server, String password, TransportStrategy strategy) {
        return MailerBuilder.withSMTPServer(server.host(), server.port(), "alice", password)
                .withTransportStrategy(strategy)
                .trustingAllHosts(true)
                .verifyingServerIdentity(false)
                .buildMailer();
    }

    private static Email to(String recipient) {
        return EmailBuilder.startingBlank()
                .from("sender@example.com")
                .to(recipient)
                .withSubject("Hello")
                .withPlainText("A line of text.")
                .buildEmail();
    }

    private static ServerBuilder serverFor(TransportStrategy strategy) {
        ServerBuilder builder =
                ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth();
        return switch (strategy) {
            case SMTPS -> builder.implicitTls();
            case SMTP_TLS -> builder.startTls();
            default -> builder;
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportStrategy.class,
            names = {"SMTP", "SMTP_TLS", "SMTPS"})
    void every_transport_strategy_reuses_one_session(TransportStrategy strategy) throws Exception {
        try (ScriptedSmtpServer server = serverFor(strategy).start()) {
            Mailer mailer = mailer(server, "sesame", strategy);
            for (int i = 0; i < 3; i++) {
                mailer.sendMail(to("a@example.com"));
            }
            assertThat(server.account().accepted()).hasSize(3);
            assertThat(server.account().opened()).isEqualTo(1);
            assertThat(overheard.count(DeliveryEvent.Accepted.class, server.port()))
                    .isEqualTo(3);
        }
    }

    @Test
    void failures_are_the_cause_of_its_own_exception_and_the_connection_test_works() throws Exception {
        try (ScriptedSmtpServer server = serverFor(TransportStrategy.SMTP).start()) {
            Mailer good = mailer(server, "sesame", TransportStrategy.SMTP);
            Mailer bad = mailer(server, "wrong", TransportStrategy.SMTP);
            server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
            assertThatThrownBy(() -> good.sendMail(to("nobody@example.com")))
                    .isInstanceOf(MailException.class)
                    .hasCauseInstanceOf(RecipientRejected.class);
            assertThatThrownBy(() -> bad.sendMail(to("a@example.com")))
                    .isInstanceOf(MailException.class)
                    .hasCauseInstanceOf(AuthenticationFailed.class);
            assertThatCode(good::testConnection).doesNotThrowAnyException();
            assertThatThrownBy(bad::testConnection)
                    .isInstanceOf(MailException.class)
                    .hasCauseInstanceOf(AuthenticationFailed.class);
            assertThat(server.account().accepted()).isEmpty();
        }
    }
}
