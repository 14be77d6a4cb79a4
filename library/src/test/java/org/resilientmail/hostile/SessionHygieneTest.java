package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What is given to the next message: a clean session, of its own settings, and no wrong lesson. */
@Timeout(60)
class SessionHygieneTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    @Test
    void a_session_that_refused_to_forget_its_transaction_is_not_used_again() throws Exception {
        server.on(Step.RCPT).reply("550 5.1.1 User unknown");
        server.on(Step.RSET).reply("502 5.5.1 Not implemented");
        server.on(Step.MAIL).session(1).message(2).always().reply("503 5.5.1 Nested MAIL command");
        Session session = sessions().session();
        assertThat(Attempt.of(Messages.to(session, "nobody@example.com")).thrown())
                .isPresent();
        Attempt innocent = Attempt.of(Messages.to(session, "a@example.com"));
        assertThat(innocent.thrown()).isEmpty();
    }

    @Test
    void a_transaction_an_application_began_by_hand_does_not_reach_the_next_message() throws Exception {
        Session session = sessions().session();
        try (SMTPTransport transport = (SMTPTransport) session.getTransport()) {
            transport.connect();
            assertThat(transport.simpleCommand("MAIL FROM:<by-hand@example.com>"))
                    .isEqualTo(250);
        }
        Attempt innocent = Attempt.of(Messages.to(session, "a@example.com"));
        assertThat(innocent.thrown()).isEmpty();
        assertThat(server.account().accepted().get(0).sender()).isEqualTo("sender@example.com");
    }

    @Test
    void one_idle_time_out_after_a_moment_does_not_end_pooling_for_good() throws Exception {
        Session session = sessions().session();
        Transport.send(Messages.to(session, "a@example.com"));
        server.hangUp("421 4.4.2 Idle time-out");
        for (int i = 0; i < 10; i++) {
            Transport.send(Messages.to(session, "b@example.com"));
        }
        assertThat(server.account().accepted()).hasSize(11);
        assertThat(server.account().opened()).isLessThanOrEqualTo(3);
    }

    @Test
    void one_lifetime_refusal_after_a_moment_does_not_end_pooling_for_good() throws Exception {
        Session session = sessions().session();
        server.on(Step.MAIL).replyThenClose("421 4.4.2 Session lifetime exceeded, closing connection");
        for (int i = 0; i < 10; i++) {
            Transport.send(Messages.to(session, "b@example.com"));
        }
        assertThat(server.account().accepted()).hasSize(10);
        assertThat(server.account().opened()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_session_is_opened_with_the_properties_under_which_it_will_be_shared() throws Exception {
        Properties first = sessions()
                .smtp("localhost", "first.example.com")
                .set("mail.resilient.session.max-messages", "1")
                .properties();
        Session session = Session.getInstance(first);
        try (Transport transport = session.getTransport()) {
            transport.connect();
            send(transport, session);
            first.put("mail.smtp.localhost", "changed.example.com");
            send(transport, session);
        }
        assertThat(server.account().session(2).commands()).contains("EHLO first.example.com");
    }

    @Test
    void a_key_that_is_only_in_the_defaults_or_is_no_string_tells_sessions_apart() throws Exception {
        Properties defaults = sessions().properties();
        Properties own = new Properties(defaults);
        Properties other = new Properties(defaults);
        other.put("mail.smtp.localhost", "other.example.com");
        Properties typed = new Properties(defaults);
        typed.put("mail.smtp.ehlo", Boolean.FALSE);
        for (Properties properties : new Properties[] {own, other, typed, own}) {
            Session session = Session.getInstance(properties);
            Transport.send(Messages.to(session, "a@example.com"));
        }
        assertThat(server.account().opened()).isEqualTo(3);
        assertThat(server.account().session(3).count("HELO")).isEqualTo(1);
    }

    @Test
    void the_same_relay_is_one_account_however_its_name_is_written() throws Exception {
        for (String host : new String[] {"localhost", "LOCALHOST", "LocalHost"}) {
            Transport.send(Messages.to(sessions().smtp("host", host).session(), "a@example.com"));
        }
        assertThat(server.account().opened()).isEqualTo(1);
    }

    private static void send(Transport transport, Session session) throws Exception {
        MimeMessage message = Messages.to(session, "a@example.com");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }
}
