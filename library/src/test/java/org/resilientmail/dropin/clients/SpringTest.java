package org.resilientmail.dropin.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

class SpringTest {

    @RegisterExtension
    final Overheard overheard = new Overheard();

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth().start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    /** As Spring Boot sets it up from {@code spring.mail.*}. */
    private JavaMailSenderImpl sender(String password) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(server.host());
        sender.setPort(server.port());
        sender.setUsername("alice");
        sender.setPassword(password);
        sender.getJavaMailProperties().setProperty("mail.smtp.auth", "true");
        sender.getJavaMailProperties().setProperty("mail.smtp.localhost", "client.example.com");
        return sender;
    }

    private static SimpleMailMessage to(String recipient) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom("sender@example.com");
        message.setTo(recipient);
        message.setSubject("Hello");
        message.setText("A line of text.");
        return message;
    }

    @Test
    void single_sends_reuse_one_session() throws Exception {
        JavaMailSenderImpl sender = sender("sesame");
        sender.send(to("a@example.com"));
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom("sender@example.com");
        helper.setTo("b@example.com");
        helper.setText("plain", "<b>rich</b>");
        sender.send(message);
        sender.send(m -> {
            m.setFrom("sender@example.com");
            m.setRecipients(MimeMessage.RecipientType.TO, "c@example.com");
            m.setText("prepared");
        });
        assertThat(server.account().accepted()).hasSize(3);
        assertThat(server.account().opened()).isEqualTo(1);
        assertThat(overheard.count(DeliveryEvent.Accepted.class, server.port())).isEqualTo(3);
    }

    @Test
    void a_bulk_send_names_the_one_message_that_failed_and_delivers_the_others_once() {
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
        SimpleMailMessage bad = to("nobody@example.com");
        MailSendException thrown = catchThrowableOfType(
                MailSendException.class,
                () -> sender("sesame").send(to("a@example.com"), bad, to("b@example.com"), to("c@example.com")));
        assertThat(thrown.getFailedMessages()).containsOnlyKeys(bad);
        assertThat(thrown.getFailedMessages().get(bad))
                .isInstanceOf(SMTPSendFailedException.class)
                .isInstanceOf(RecipientRejected.class);
        assertThat(server.account().copiesPerRecipient())
                .containsOnlyKeys("a@example.com", "b@example.com", "c@example.com");
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void the_connection_test_proves_host_and_password() throws Exception {
        JavaMailSenderImpl good = sender("sesame");
        assertThatCode(good::testConnection).doesNotThrowAnyException();
        server.account().awaitOpenSockets(0);
        assertThat(server.account().session(1).commands()).endsWith("QUIT");
        good.send(to("a@example.com"));
        assertThat(server.account().opened()).isEqualTo(2);
        assertThatThrownBy(sender("wrong")::testConnection)
                .isInstanceOf(AuthenticationFailedException.class)
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void a_wrong_password_is_springs_authentication_exception() {
        assertThatThrownBy(() -> sender("wrong").send(to("a@example.com")))
                .isInstanceOf(MailAuthenticationException.class)
                .hasCauseInstanceOf(AuthenticationFailed.class);
        assertThat(server.account().accepted()).isEmpty();
    }

    @Test
    void a_relay_that_cannot_be_reached_is_springs_send_exception_with_every_message() {
        JavaMailSenderImpl sender = sender("sesame");
        sender.getJavaMailProperties().setProperty("mail.resilient.retry.max-attempts", "1");
        server.close();
        SimpleMailMessage message = to("a@example.com");
        MailSendException thrown = catchThrowableOfType(MailSendException.class, () -> sender.send(message));
        assertThat(thrown.getFailedMessages()).containsOnlyKeys(message);
        assertThat(thrown.getCause()).isInstanceOf(MailConnectException.class).isInstanceOf(MessagingException.class);
    }
}
