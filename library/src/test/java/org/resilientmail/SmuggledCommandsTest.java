package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.failure.SenderRejected;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** A line break in whatever ends up in a command: refused by name, before anything is sent, and nothing smuggled. */
class SmuggledCommandsTest {

    private static final String SMUGGLED = "\r\nRCPT TO:<victim@example.com>";

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("user", "secret").start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).as("user", "secret");
    }

    /** An address as InternetAddress lets an application make it: unchecked. */
    private static InternetAddress unchecked(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    private static SMTPMessage smtpMessage(Session session) throws MessagingException {
        return new SMTPMessage(Messages.to(session, "a@example.com"));
    }

    private void assertSenderRefused(MimeMessage message, String name) {
        MessagingException thrown = catchThrowableOfType(MessagingException.class, () -> Transport.send(message));
        assertThat(thrown)
                .isInstanceOf(SenderRejected.class)
                .hasMessageContainingAll(name + "='", "\\x0d\\x0aRCPT TO:<victim@example.com>'", "allowed: ");
        assertThat(thrown.getMessage()).doesNotContain("\r", "\n");
        MailFailure failure = (MailFailure) thrown;
        assertThat(failure.attempts()).isZero();
        assertThat(failure.recipients()).extracting(r -> r.state()).containsOnly(RecipientState.UNSENT);
        UntouchedServer.sawNoEnvelope(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com\r\nRCPT TO:<victim@example.com>",
                "a@example.com>\nDATA",
                "a@example.com\rRSET",
                "a\u0000@example.com"
            })
    void a_recipient_with_a_control_character_is_refused(String text) throws Exception {
        MimeMessage message = Messages.to(sessions().session(), "good@example.com");
        Address[] recipients = {new InternetAddress("good@example.com"), unchecked(text)};
        SendFailedException thrown =
                catchThrowableOfType(SendFailedException.class, () -> Transport.send(message, recipients));
        assertThat(thrown).hasMessageContainingAll("a", "control character", "allowed: local-part@domain");
        assertThat(thrown.getMessage()).doesNotContain("\r", "\n", "\u0000");
        assertThat(thrown.getInvalidAddresses()).containsExactly(recipients[1]);
        assertThat(thrown.getValidUnsentAddresses()).containsExactly(recipients[0]);
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void a_letter_whose_low_byte_is_a_line_break_is_refused_before_the_first_of_many_envelopes() throws Exception {
        Session session =
                sessions().set("mail.resilient.message.max-recipients", "1").session();
        MimeMessage message = Messages.to(session, "good@example.com");
        Address[] recipients = {new InternetAddress("good@example.com"), unchecked("x@example.com\u010d\u010aDATA")};
        assertThatThrownBy(() -> Transport.send(message, recipients))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("mail.mime.allowutf8=true");
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void such_a_letter_passes_where_utf8_is_allowed() throws Exception {
        Session session = sessions().set("mail.mime.allowutf8", "true").session();
        MimeMessage message = Messages.to(session, "good@example.com");
        Transport.send(message, new Address[] {unchecked("\u010dapek@example.com")});
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_member_of_a_group_is_checked_like_any_recipient() throws Exception {
        MimeMessage message = Messages.to(sessions().session(), "good@example.com");
        Address[] group = {unchecked("team:a@example.com,b\u0007b@example.com;")};
        assertThatThrownBy(() -> Transport.send(message, group))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContainingAll("b\\x07b@example.com", "allowed: ");
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void a_from_address_with_a_line_break_is_refused() throws Exception {
        MimeMessage message = new MimeMessage(Messages.to(sessions().session(), "a@example.com")) {
            @Override
            public Address[] getFrom() {
                return new Address[] {unchecked("sender@example.com>" + SMUGGLED)};
            }
        };
        assertSenderRefused(message, "From");
    }

    @Test
    void an_envelope_sender_of_the_message_with_a_line_break_is_refused() throws Exception {
        SMTPMessage message = smtpMessage(sessions().session());
        message.setEnvelopeFrom("sender@example.com>" + SMUGGLED);
        assertSenderRefused(message, "SMTPMessage.setEnvelopeFrom");
    }

    @Test
    void a_mail_extension_of_the_message_with_a_line_break_is_refused() throws Exception {
        SMTPMessage message = smtpMessage(sessions().session());
        message.setMailExtension("BODY=7BIT" + SMUGGLED);
        assertSenderRefused(message, "SMTPMessage.setMailExtension");
    }

    @Test
    void a_submitter_of_the_message_with_a_line_break_is_refused() throws Exception {
        SMTPMessage message = smtpMessage(sessions().session());
        message.setSubmitter("boss@example.com" + SMUGGLED);
        assertSenderRefused(message, "SMTPMessage.setSubmitter");
    }

    @ParameterizedTest
    @CsvSource({
        "from, sender@example.com>",
        "mailextension, BODY=7BIT",
        "submitter, boss@example.com",
        "dsn.ret, HDRS",
        "dsn.notify, NEVER"
    })
    void a_property_with_a_line_break_is_refused(String name, String begin) throws Exception {
        Session session = sessions().smtp(name, begin + SMUGGLED).session();
        assertSenderRefused(Messages.to(session, "a@example.com"), "mail.smtp." + name);
    }

    @Test
    void a_session_survives_the_refusal_and_serves_the_next_message() throws Exception {
        assertSenderRefused(
                Messages.to(
                        sessions().smtp("from", "sender@example.com" + SMUGGLED).session(), "a@example.com"),
                "mail.smtp.from");
        Transport.send(Messages.to(sessions().session(), "a@example.com"));
        assertThat(server.account().accepted()).hasSize(1);
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void a_from_that_does_not_count_is_not_looked_at() throws Exception {
        SMTPMessage message = smtpMessage(sessions().session());
        message.setHeader("From", "no address, at all <");
        message.setEnvelopeFrom("bounces@example.com");
        Transport.send(message);
        assertThat(server.account().accepted().get(0).sender()).isEqualTo("bounces@example.com");
    }

    @Test
    void a_host_name_with_a_line_break_is_refused_before_connecting() throws Exception {
        Session session = sessions()
                .smtp("localhost", "client.example.com\r\nMAIL FROM:<x@example.com>")
                .session();
        assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                .isInstanceOf(MailFailure.class)
                .hasMessageContainingAll(
                        "mail.smtp.localhost='client.example.com\\x0d\\x0aMAIL FROM:", "allowed: a host name");
        UntouchedServer.sawNobody(server);
    }

    @Test
    void a_host_name_set_on_the_transport_with_a_line_break_is_refused_before_connecting() throws Exception {
        try (SMTPTransport transport = (SMTPTransport) sessions().session().getTransport("smtp")) {
            transport.setLocalHost("client.example.com\nRSET");
            assertThatThrownBy(transport::connect)
                    .isInstanceOf(MailFailure.class)
                    .hasMessageContaining("setLocalHost='client.example.com\\x0aRSET'");
        }
        UntouchedServer.sawNobody(server);
    }

    @Test
    void a_command_of_the_applications_own_with_a_line_break_is_refused() throws Exception {
        try (SMTPTransport transport = (SMTPTransport) sessions().session().getTransport("smtp")) {
            transport.connect();
            assertThatThrownBy(() -> transport.simpleCommand("NOOP" + SMUGGLED))
                    .isInstanceOf(MessagingException.class)
                    .hasRootCauseMessage("Command contains illegal character: 0x0d");
        }
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void credentials_with_line_breaks_stay_credentials() {
        Session session =
                TestSessions.of(server).as("user\r\nRSET", "secret\r\nRSET").session();
        assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                .isInstanceOf(MailFailure.class);
        UntouchedServer.sawNoEnvelope(server);
    }
}
