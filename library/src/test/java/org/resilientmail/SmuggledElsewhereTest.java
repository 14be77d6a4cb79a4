package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/**
 * The ways into a conversation besides the plain ones of {@link SmuggledCommandsTest}: every line break there is, in
 * every value that is on its way to a command; logins; names; the end of the message within the message. Judged by what
 * the server heard.
 */
class SmuggledElsewhereTest {

    private static final String TOKEN = "ya29." + "t".repeat(6_000);

    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder()
            .user("user", "secret")
            .user("bearer", TOKEN)
            .start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).as("user", "secret").set("mail.resilient.retry.max-attempts", "1");
    }

    private void assertNothingSmuggled() {
        server.account()
                .sessions()
                .forEach(session -> assertThat(session.commands())
                        .as(session.toString())
                        .noneMatch(command -> command.strip().matches("(RCPT TO:<victim|RSET|DATA.).*")));
        assertThat(server.account().accepted())
                .allSatisfy(m -> assertThat(m.recipients()).containsExactly("a@example.com"));
    }

    static Stream<Arguments> breaksInProperties() {
        return Stream.of(
                        "mail.smtp.from",
                        "mail.smtp.localhost",
                        "mail.smtp.submitter",
                        "mail.smtp.mailextension",
                        "mail.smtp.dsn.ret",
                        "mail.smtp.dsn.notify",
                        "mail.smtp.auth.mechanisms",
                        "mail.smtp.sasl.realm",
                        "mail.smtp.sasl.authorizationid",
                        "mail.smtp.auth.ntlm.domain",
                        "mail.user",
                        "mail.from",
                        "mail.resilient.profile",
                        "mail.resilient.account.victim.host")
                .flatMap(name -> Stream.of("\r\n", "\n", "\r", "\u0000", "\u010d\u010a", "\u2028", "\u0085")
                        .map(end -> Arguments.of(name, end)));
    }

    @ParameterizedTest
    @MethodSource("breaksInProperties")
    void no_line_break_in_a_property_begins_a_command(String name, String end) throws Exception {
        Session session = sessions()
                .set(name, "x@example.com" + end + "RCPT TO:<victim@example.com>" + end)
                .session();
        catchThrowable(() -> Transport.send(Messages.to(session, "a@example.com")));
        assertNothingSmuggled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v\u0169ctim@example.com", "victim@ex\u0161mple.com", "x@example.com\u013e NOTIFY=NEVER"})
    void no_letter_becomes_another_one_and_the_address_that_of_somebody_else(String address) throws Exception {
        InternetAddress unchecked = new InternetAddress();
        unchecked.setAddress(address);
        MimeMessage message = Messages.to(sessions().session(), "a@example.com");
        assertThat(catchThrowable(() -> Transport.send(message, new InternetAddress[] {unchecked})))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("mail.mime.allowutf8=true");
        UntouchedServer.sawNoEnvelope(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void no_line_break_in_credentials_begins_a_command(String mechanism) throws Exception {
        String smuggled = "\r\nRSET\r\nMAIL FROM:<x@example.com>\r\nRCPT TO:<victim@example.com>";
        for (List<String> login : List.of(
                List.of("user" + smuggled, "secret"), List.of("user", "secret" + smuggled), List.of("user\n", "\r"))) {
            Session session = TestSessions.of(server)
                    .as(login.get(0), login.get(1))
                    .smtp("auth.mechanisms", mechanism)
                    .session();
            Throwable thrown = catchThrowable(() -> Transport.send(Messages.to(session, "a@example.com")));
            assertThat(thrown).isInstanceOf(MessagingException.class);
        }
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void a_long_token_stays_on_its_line() throws Exception {
        Session session = TestSessions.of(server)
                .as("bearer", TOKEN)
                .smtp("auth.mechanisms", "XOAUTH2")
                .session();
        Transport.send(Messages.to(session, "a@example.com"));
        assertThat(server.account().accepted().get(0).user()).isEqualTo("bearer");
        assertThat(server.account().session(1).count("AUTH")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\r\n.\r\n", "\u0000"})
    void no_line_break_in_a_display_name_begins_a_command(String end) throws Exception {
        Session session = sessions().session();
        MimeMessage message = Messages.to(session);
        String name = "Ann" + end + "RCPT TO:<victim@example.com>" + end;
        message.setFrom(new InternetAddress("sender@example.com", name));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("a@example.com", name));
        catchThrowable(() -> Transport.send(message));
        assertNothingSmuggled();
    }

    @Test
    void options_of_a_message_beyond_those_there_are_begin_no_command() throws Exception {
        Session session = sessions().session();
        for (int options : new int[] {-2, 0, 1, 7, 8, 0x0d0a0d0a, Integer.MAX_VALUE}) {
            SMTPMessage message = new SMTPMessage(Messages.to(session, "a@example.com"));
            catchThrowable(() -> {
                message.setNotifyOptions(options);
                message.setReturnOption(options);
            });
            catchThrowable(() -> Transport.send(message));
        }
        assertNothingSmuggled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n.\r\n",
                "\n.\n",
                "\r.\r",
                "\n.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r.\n",
                "\r\n\u0000.\r\n",
                "\n\n.\r\r"
            })
    void no_end_of_the_message_within_the_message_ends_it(String end) throws Exception {
        Session session = sessions().session();
        String smuggled = "Dear all," + end
                + "MAIL FROM:<x@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nSubject: smuggled\r\n\r\nhello"
                + end + "after";
        MimeMessage message = new MimeMessage(Messages.to(session, "a@example.com")) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                out.write(("From: sender@example.com\r\nTo: a@example.com\r\n\r\n" + smuggled)
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        };
        Transport.send(message);
        List<AcceptedMessage> accepted = server.account().accepted();
        assertThat(accepted).hasSize(1);
        assertThat(accepted.get(0).recipients()).containsExactly("a@example.com");
        assertThat(accepted.get(0).text()).contains("Dear all,", "Subject: smuggled", "after");
        assertThat(accepted.get(0).text().replace("\r\n", "")).doesNotContain("\r", "\n");
        assertNothingSmuggled();
    }
}
