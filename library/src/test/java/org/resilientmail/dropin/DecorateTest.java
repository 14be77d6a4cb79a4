package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.ResilientTransport;
import org.resilientmail.config.RateWindow;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.config.ResilientConfigBuilder;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RateLimited;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** A transport decorated in code: Angus' own, and one nobody has heard of. */
class DecorateTest {

    private static final String[] THREE = {"a@example.com", "b@example.com", "c@example.com"};

    private final Session session = Session.getInstance(new Properties());
    private final Foreign foreign = new Foreign(session);

    @AfterEach
    void endSessions() {
        ResilientMail.closeAll();
    }

    private static ResilientConfigBuilder quick() {
        return ResilientConfig.builder().retryInitialWait(Duration.ofMillis(1));
    }

    /** A transport of another make: takes what it is given, or throws what the test has laid ready. */
    private static final class Foreign extends Transport {

        private final Deque<Exception> ahead = new ArrayDeque<>();
        private final List<List<Address>> envelopes = new ArrayList<>();
        private int connects;

        Foreign(Session session) {
            super(session, new URLName("telegraph", "wire.example.com", 7, null, null, null));
        }

        Foreign failing(Exception... exceptions) {
            ahead.addAll(List.of(exceptions));
            return this;
        }

        @Override
        protected boolean protocolConnect(String host, int port, String user, String password)
                throws MessagingException {
            connects++;
            if ("wrong".equals(password)) {
                throw new AuthenticationFailedException("535 5.7.8 Bad credentials");
            }
            return true;
        }

        @Override
        public void sendMessage(Message message, Address[] addresses) throws MessagingException {
            envelopes.add(List.of(addresses));
            Exception next = ahead.poll();
            if (next instanceof MessagingException mail) {
                throw mail;
            }
            if (next instanceof RuntimeException unchecked) {
                throw unchecked;
            }
        }
    }

    private void send(Transport decorated, String... recipients) throws Exception {
        MimeMessage message = Messages.to(session, recipients);
        message.saveChanges();
        decorated.connect("wire.example.com", 7, "u", "p");
        try {
            decorated.sendMessage(message, message.getAllRecipients());
        } finally {
            decorated.close();
        }
    }

    private MailFailure failureOf(ResilientConfig config, String... recipients) {
        MessagingException thrown = catchThrowableOfType(
                MessagingException.class, () -> send(ResilientMail.decorate(session, foreign, config), recipients));
        assertThat(thrown).isInstanceOf(MailFailure.class);
        return (MailFailure) thrown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1 Mailbox busy", "421 4.3.2 Shutting down", "451 4.7.1 Greylisted"})
    void a_quoted_passing_refusal_is_tried_again_over_a_foreign_transport(String reply) throws Exception {
        foreign.failing(new MessagingException(reply));
        send(ResilientMail.decorate(session, foreign, quick().build()), THREE);
        assertThat(foreign.envelopes).hasSize(2);
    }

    @Test
    void a_refusal_quoted_deeper_in_the_chain_is_found() throws Exception {
        foreign.failing(new SendFailedException("Sending failed", new MessagingException("450 4.2.1 Mailbox busy")));
        send(ResilientMail.decorate(session, foreign, quick().build()), THREE);
        assertThat(foreign.envelopes).hasSize(2);
    }

    @Test
    void an_unknown_failure_of_a_foreign_transport_is_uncertain_and_never_tried_again() {
        foreign.failing(new MessagingException("the line is dead"));
        MailFailure failure = failureOf(quick().build(), THREE);
        assertThat(failure).isInstanceOf(DeliveryUncertain.class);
        assertThat(((Exception) failure)).hasMessageStartingWith("the line is dead");
        assertThat(failure.recipients()).hasSize(3).allMatch(r -> r.state() == RecipientState.UNCERTAIN);
        assertThat(((SendFailedException) failure).getValidUnsentAddresses()).isNullOrEmpty();
        assertThat(foreign.envelopes).hasSize(1);
    }

    @Test
    void an_unchecked_exception_of_a_foreign_transport_passes_through_and_is_not_tried_again() {
        foreign.failing(new IllegalStateException("wires crossed"));
        Transport decorated = ResilientMail.decorate(session, foreign, quick().build());
        assertThatThrownBy(() -> send(decorated, THREE))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("wires crossed");
        assertThat(foreign.envelopes).hasSize(1);
    }

    @Test
    void a_lasting_refusal_names_the_recipient_and_keeps_the_original() throws Exception {
        Address[] addresses = Messages.to(session, THREE).getAllRecipients();
        SendFailedException original = new SendFailedException(
                "550 5.1.1 User unknown",
                null,
                new Address[] {addresses[0]},
                new Address[] {addresses[2]},
                new Address[] {addresses[1]});
        foreign.failing(original);
        MailFailure failure = failureOf(quick().build(), THREE);
        assertThat(failure).isInstanceOf(RecipientRejected.class);
        assertThat(failure.recipients())
                .extracting(r -> r.state())
                .containsExactly(RecipientState.SENT, RecipientState.REJECTED, RecipientState.UNSENT);
        assertThat(((MessagingException) failure).getNextException()).isSameAs(original);
        assertThat(foreign.envelopes).hasSize(1);
    }

    @Test
    void only_those_still_unsent_are_tried_again() throws Exception {
        Address[] addresses = Messages.to(session, THREE).getAllRecipients();
        foreign.failing(new SendFailedException(
                "450 4.2.1 Mailbox busy",
                null,
                new Address[] {addresses[0], addresses[1]},
                new Address[] {addresses[2]},
                new Address[0]));
        send(ResilientMail.decorate(session, foreign, quick().build()), THREE);
        assertThat(foreign.envelopes).containsExactly(Arrays.asList(addresses), List.of(addresses[2]));
    }

    @Test
    void many_recipients_go_out_in_several_envelopes_of_a_foreign_transport() throws Exception {
        send(
                ResilientMail.decorate(
                        session, foreign, quick().messageMaxRecipients(2).build()),
                THREE);
        assertThat(foreign.envelopes).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void a_rate_that_is_used_up_stops_a_foreign_transport_before_it_sends() throws Exception {
        ResilientConfig config = quick().rateMessages(new RateWindow(1, Duration.ofHours(1)))
                .rateMaxWait(Duration.ofMillis(1))
                .build();
        send(ResilientMail.decorate(session, foreign, config), "a@example.com");
        assertThat(failureOf(config, "a@example.com")).isInstanceOf(RateLimited.class);
        assertThat(foreign.envelopes).hasSize(1);
    }

    @Test
    void a_refused_login_of_a_foreign_transport_is_an_authentication_failure() {
        Transport decorated = ResilientMail.decorate(session, foreign, quick().build());
        assertThatThrownBy(() -> decorated.connect("wire.example.com", 7, "u", "wrong"))
                .isInstanceOf(AuthenticationFailedException.class)
                .isInstanceOf(AuthenticationFailed.class);
        assertThat(decorated.isConnected()).isFalse();
    }

    @Test
    void a_foreign_transport_that_lost_its_connection_is_connected_again() throws Exception {
        Transport decorated = ResilientMail.decorate(session, foreign, quick().build());
        MimeMessage message = Messages.to(session, THREE);
        message.saveChanges();
        decorated.connect("wire.example.com", 7, "u", "p");
        foreign.close();
        decorated.sendMessage(message, message.getAllRecipients());
        decorated.close();
        assertThat(foreign.connects).isEqualTo(2);
        assertThat(foreign.isConnected()).isFalse();
    }

    @Test
    void a_decorated_transport_is_not_decorated_twice() {
        Transport once = ResilientMail.decorate(session, foreign, quick().build());
        assertThatThrownBy(() -> ResilientMail.decorate(session, once, quick().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed");
    }

    @Test
    void angus_decorated_keeps_its_settings_and_gets_everything_else() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session angus = TestSessions.of(server)
                    .plainAngus()
                    .set("mail.resilient.retry.max-attempts", "none: what is built in code counts alone")
                    .session();
            SMTPTransport given = (SMTPTransport) angus.getTransport();
            assertThat(given).isNotInstanceOf(ResilientTransport.class);
            given.setLocalHost("set.example.org");
            Transport decorated = ResilientMail.decorate(
                    angus, given, quick().messageMaxRecipients(2).build());
            server.on(Step.RCPT).reply("450 4.2.1 Mailbox busy");
            MimeMessage message = Messages.to(angus, THREE);
            message.saveChanges();
            decorated.connect();
            decorated.sendMessage(message, message.getAllRecipients());
            decorated.close();
            assertThat(server.account().accepted()).hasSize(2);
            assertThat(server.account().duplicates()).isEmpty();
            assertThat(server.account().opened()).isEqualTo(1);
            assertThat(server.account().session(1).commands()).startsWith("EHLO set.example.org");
        }
    }

    @Test
    void angus_decorated_with_a_configuration_that_is_off_behaves_as_angus() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session angus = TestSessions.of(server).plainAngus().session();
            Transport decorated = ResilientMail.decorate(
                    angus, angus.getTransport(), quick().enabled(false).build());
            server.on(Step.MAIL).reply("451 4.3.0 Later");
            decorated.connect();
            MimeMessage message = Messages.to(angus, THREE);
            message.saveChanges();
            assertThatThrownBy(() -> decorated.sendMessage(message, message.getAllRecipients()))
                    .isInstanceOf(SendFailedException.class)
                    .isNotInstanceOf(MailFailure.class);
            decorated.close();
        }
    }
}
