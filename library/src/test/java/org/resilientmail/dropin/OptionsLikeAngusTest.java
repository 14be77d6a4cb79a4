package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.NewsAddress;
import java.util.function.Consumer;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.failure.MessageRejected;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Options of messages and properties of Sessions have the effect on the wire that they have with Angus. */
class OptionsLikeAngusTest {

    private interface Options {
        void set(SMTPMessage message) throws MessagingException;
    }

    private static SMTPMessage smtpMessage(Session session, Options options) throws MessagingException {
        SMTPMessage message = new SMTPMessage(session);
        message.setFrom("sender@example.com");
        message.setRecipients(Message.RecipientType.TO, "a@example.com, b@example.com");
        message.setText("A line of text.\r\n", "us-ascii");
        options.set(message);
        return message;
    }

    private static SideBySide.Pair sent(Options options) throws Exception {
        return SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().user("alice", "sesame"))
                .sending(session -> smtpMessage(session, options))
                .areAlikeInSuccess();
    }

    private static void wireHas(SideBySide.Pair pair, String... commands) {
        assertThat(pair.ours().commands().get(0)).contains(commands);
    }

    @Test
    void the_options_of_an_smtp_message_reach_the_wire() throws Exception {
        wireHas(sent(m -> m.setEnvelopeFrom("bounces@example.com")), "MAIL FROM:<bounces@example.com>");
        wireHas(sent(m -> m.setEnvelopeFrom("<>")), "MAIL FROM:<>");
        wireHas(
                sent(m -> m.setNotifyOptions(SMTPMessage.NOTIFY_FAILURE | SMTPMessage.NOTIFY_DELAY)),
                "RCPT TO:<a@example.com> NOTIFY=FAILURE,DELAY");
        wireHas(sent(m -> m.setNotifyOptions(SMTPMessage.NOTIFY_NEVER)), "RCPT TO:<b@example.com> NOTIFY=NEVER");
        wireHas(sent(m -> m.setReturnOption(SMTPMessage.RETURN_HDRS)), "MAIL FROM:<sender@example.com> RET=HDRS");
        wireHas(
                sent(m -> m.setSubmitter("e=mc2@example.com")),
                "MAIL FROM:<sender@example.com> AUTH=e+3Dmc2@example.com");
        wireHas(sent(m -> m.setMailExtension("BODY=8BITMIME")), "MAIL FROM:<sender@example.com> BODY=8BITMIME");
    }

    @Test
    void the_send_partial_option_of_one_message_counts_for_that_message() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .script(server ->
                        server.on(Step.RCPT).to("b@example.com").always().reply("550 5.1.1 User unknown"))
                .sending(session -> smtpMessage(session, m -> m.setSendPartial(true)))
                .areAlikeInFailure();
        assertThat(pair.ours().bodies()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from, bounces@example.com, MAIL FROM:<bounces@example.com>",
        "dsn.ret, FULL, MAIL FROM:<sender@example.com> RET=FULL",
        "dsn.notify, SUCCESS, RCPT TO:<a@example.com> NOTIFY=SUCCESS",
        "submitter, real@example.com, MAIL FROM:<sender@example.com> AUTH=real@example.com",
        "mailextension, BODY=8BITMIME, MAIL FROM:<sender@example.com> BODY=8BITMIME",
        "localhost, host.example.org, EHLO host.example.org",
        "ehlo, false, HELO client.example.com",
    })
    void a_property_has_its_effect(String name, String value, String command) throws Exception {
        wireHas(
                SideBySide.scenario()
                        .server(() -> ScriptedSmtpServer.builder().user("alice", "sesame"))
                        .settings(sessions -> sessions.smtp(name, value))
                        .sendingTo("a@example.com")
                        .areAlike(),
                command);
    }

    @Test
    void a_sender_is_made_up_from_the_session_when_the_message_has_none() throws Exception {
        wireHas(
                SideBySide.scenario()
                        .settings(sessions -> sessions.set("mail.from", "session@example.com"))
                        .sending(session -> {
                            MimeMessage message = Messages.to(session, "a@example.com");
                            message.removeHeader("From");
                            return message;
                        })
                        .areAlikeInSuccess(),
                "MAIL FROM:<session@example.com>");
    }

    @Test
    void eight_bit_text_goes_as_it_is_where_message_or_session_allow_it() throws Exception {
        SideBySide.MessageMaker eightBit = session -> {
            MimeMessage message = Messages.to(session, "a@example.com");
            MimeBodyPart part = new MimeBodyPart();
            part.setText("Gr\u00fc\u00dfe aus K\u00f6ln\r\n", "utf-8");
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText("ascii\r\n", "us-ascii");
            message.setContent(new MimeMultipart(part, plain));
            return message;
        };
        SideBySide.Pair allowed = SideBySide.scenario()
                .settings(sessions -> sessions.smtp("allow8bitmime", "true"))
                .sending(eightBit)
                .areAlikeInSuccess();
        assertThat(allowed.ours().bodies().get(0)).contains("Content-Transfer-Encoding: 8bit");
        SideBySide.Pair usual = SideBySide.scenario().sending(eightBit).areAlikeInSuccess();
        assertThat(usual.ours().bodies().get(0)).contains("Content-Transfer-Encoding: quoted-printable");
        SideBySide.Pair unknown = SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().extensions("DSN"))
                .settings(sessions -> sessions.smtp("allow8bitmime", "true"))
                .sending(eightBit)
                .areAlikeInSuccess();
        assertThat(unknown.ours().bodies().get(0)).contains("Content-Transfer-Encoding: quoted-printable");
        sent(m -> {
            m.setText("Gr\u00fc\u00dfe\r\n", "utf-8");
            m.setAllow8bitMIME(true);
        });
    }

    @Test
    void smtputf8_is_asked_for_where_the_session_allows_it_and_the_server_offers_it() throws Exception {
        SideBySide.MessageMaker international = session -> {
            MimeMessage message = Messages.to(session);
            InternetAddress address = new InternetAddress();
            address.setAddress("j\u00fcrgen@example.com");
            message.setRecipient(Message.RecipientType.TO, address);
            return message;
        };
        wireHas(
                SideBySide.scenario()
                        .settings(sessions -> sessions.set("mail.mime.allowutf8", "true"))
                        .sending(international)
                        .areAlikeInSuccess(),
                "MAIL FROM:<sender@example.com> SMTPUTF8");
        SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().extensions("8BITMIME"))
                .settings(sessions -> sessions.set("mail.mime.allowutf8", "true"))
                .sending(international)
                .areAlike();
    }

    @Test
    void dots_bare_line_ends_bcc_and_large_messages_arrive_as_from_angus() throws Exception {
        SideBySide.scenario()
                .sending(session -> Messages.withDots(session, "a@example.com"))
                .areAlikeInSuccess();
        SideBySide.scenario()
                .sending(session -> Messages.withText(session, "one\ntwo\rthree\r\n\n.\nno end", "a@example.com"))
                .areAlikeInSuccess();
        SideBySide.scenario()
                .sending(session -> Messages.ofSize(session, 1_500_000, "a@example.com"))
                .areAlikeInSuccess();
        SideBySide.Pair bcc = SideBySide.scenario()
                .sending(session -> {
                    MimeMessage message = Messages.to(session, "a@example.com");
                    message.setRecipients(Message.RecipientType.BCC, "hidden@example.com");
                    return message;
                })
                .areAlikeInSuccess();
        assertThat(bcc.ours().bodies().get(0)).doesNotContain("hidden@example.com");
    }

    private static SideBySide.Pair to(Address... addresses) throws Exception {
        return SideBySide.scenario().doing((transport, session) -> {
            MimeMessage message = Messages.to(session);
            message.saveChanges();
            transport.connect();
            transport.sendMessage(message, addresses);
        });
    }

    @Test
    void the_members_of_a_group_are_sent_to() throws Exception {
        InternetAddress group = new InternetAddress("friends:a@example.com, b@example.com;");
        to(new InternetAddress("c@example.com"), group).areAlikeInSuccess();
    }

    @Test
    void an_empty_group_beside_real_recipients_is_nothing_to_send_to() throws Exception {
        InternetAddress nobody = new InternetAddress("undisclosed-recipients:;");
        to(nobody, new InternetAddress("hidden@example.com")).areAlikeInSuccess();
    }

    @Test
    void an_empty_group_alone_is_refused_before_anything_is_sent() throws Exception {
        SideBySide.Pair pair = to(new InternetAddress("undisclosed-recipients:;"));
        assertThat(pair.angus().thrown()).isInstanceOf(MessagingException.class);
        assertThat(pair.ours().thrown())
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("undisclosed-recipients");
        assertThat(pair.ours().commands().get(0)).containsExactly("EHLO client.example.com", "QUIT");
    }

    @Test
    void no_recipients_and_recipients_of_another_kind_are_the_same_mistake() throws Exception {
        Consumer<SideBySide.Pair> alike = pair -> {
            assertThat(pair.ours().thrown()).hasSameClassAs(pair.angus().thrown());
            // Angus' own words first; what is allowed comes after them.
            assertThat(pair.ours().thrown())
                    .hasMessageStartingWith(pair.angus().thrown().getMessage());
            assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
            assertThat(pair.ours().commands().get(0)).doesNotContain("DATA");
        };
        alike.accept(to());
        alike.accept(to((Address[]) null));
        alike.accept(to(new NewsAddress("comp.mail.misc")));
    }

    @Test
    void a_message_that_cannot_be_written_fails_with_the_same_exception() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario().sending(session -> {
            MimeMessage message = new MimeMessage(session) {
                @Override
                public void writeTo(java.io.OutputStream out, String[] ignore) throws java.io.IOException {
                    throw new java.io.IOException("the attachment is gone");
                }
            };
            message.setFrom("sender@example.com");
            message.setRecipients(Message.RecipientType.TO, "a@example.com");
            message.setText("text");
            return message;
        });
        assertThat(pair.ours().thrown()).isInstanceOf(pair.angus().thrown().getClass());
        assertThat(pair.ours().thrown())
                .hasMessageStartingWith(pair.angus().thrown().getMessage())
                .hasRootCauseMessage("the attachment is gone");
        assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
        assertThat(pair.ours().bodies()).isEmpty();
    }

    @Test
    void a_message_over_the_announced_size_is_refused_before_it_is_sent_with_every_address_unsent() throws Exception {
        SideBySide.Pair pair = SideBySide.scenario()
                .server(() -> ScriptedSmtpServer.builder().maxSize(10_000))
                .sending(session -> Messages.ofSize(session, 20_000, "a@example.com", "b@example.com"));
        assertThat(pair.ours().thrown())
                .isInstanceOf(pair.angus().thrown().getClass())
                .isInstanceOf(MessageRejected.class)
                .hasMessageContaining("10000");
        assertThat(pair.ours().arrays()).isEqualTo(pair.angus().arrays());
        assertThat(pair.ours().eventTexts()).isEqualTo(pair.angus().eventTexts());
        assertThat(pair.ours().commands().get(0)).containsExactly("EHLO client.example.com", "QUIT");
    }

    @Test
    void two_sessions_that_share_pooled_connections_each_have_their_own_sender() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session one =
                    TestSessions.of(server).smtp("from", "one@example.com").session();
            Session two = TestSessions.of(server)
                    .smtp("from", "two@example.com")
                    .smtp("dsn.ret", "HDRS")
                    .session();
            Session none = TestSessions.of(server).session();
            for (Session session : new Session[] {one, two, none, one}) {
                jakarta.mail.Transport.send(Messages.to(session, "a@example.com"));
            }
            one.getProperties().setProperty("mail.smtp.from", "changed@example.com");
            jakarta.mail.Transport.send(Messages.to(one, "a@example.com"));
            org.resilientmail.ResilientMail.closeAll();
            assertThat(server.account().opened()).isEqualTo(1);
            assertThat(server.account().accepted())
                    .extracting(m -> (m.sender() + " " + m.senderParameters()).strip())
                    .containsExactly(
                            "one@example.com",
                            "two@example.com RET=HDRS",
                            "sender@example.com",
                            "one@example.com",
                            "changed@example.com");
        }
    }
}
