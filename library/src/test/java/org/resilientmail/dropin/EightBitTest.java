package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** {@code mail.smtp.allow8bitmime} turns into plain text what may be turned, and stops no message that Angus sends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EightBitTest {

    private static final String TEXT = "Gr\u00fc\u00dfe\r\n";
    private static final String PLAIN_ON_THE_WIRE =
            new String(TEXT.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final Session session = TestSessions.of(server)
            .smtp("allow8bitmime", "true")
            .set("mail.resilient.retry.initial-wait", "1ms")
            .session();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private AcceptedMessage send(MimeMessage message) throws MessagingException {
        Address[] recipients = message.getAllRecipients();
        message.saveChanges();
        Transport.send(message, recipients);
        return server.account().accepted().get(0);
    }

    @Test
    void text_of_a_type_that_java_has_no_object_for_arrives_as_it_was_encoded() throws Exception {
        MimeMessage message = Messages.to(session);
        message.setContent(TEXT, "text/calendar; charset=utf-8");
        AcceptedMessage accepted = send(message);
        assertThat(accepted.header("Content-Transfer-Encoding")).hasValue("quoted-printable");
        assertThat(accepted.text()).contains("Gr=C3=BC=C3=9Fe");
    }

    @Test
    void beside_it_what_can_be_plain_text_is() throws Exception {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "utf-8");
        MimeBodyPart table = new MimeBodyPart();
        table.setDataHandler(new DataHandler(new ByteArrayDataSource(TEXT, "text/csv; charset=utf-8")));
        MimeMessage message = Messages.to(session);
        message.setContent(new MimeMultipart(text, table));
        assertThat(send(message).text()).contains(PLAIN_ON_THE_WIRE).contains("Gr=C3=BC=C3=9Fe");
    }

    /** As those do that sign with DKIM. */
    private static final class SignedWhileWritten extends MimeMessage {

        SignedWhileWritten(MimeMessage message) throws MessagingException {
            super(message);
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            super.writeTo(whole, ignored);
            String text = whole.toString(StandardCharsets.ISO_8859_1);
            out.write(("X-Signed: " + sum(text) + "\r\n" + text).getBytes(StandardCharsets.ISO_8859_1));
        }

        static int sum(String message) {
            return message.substring(message.indexOf("\r\n\r\n")).hashCode();
        }
    }

    @Test
    void what_a_message_signs_while_it_is_written_arrives_as_signed() throws Exception {
        MimeMessage message = Messages.to(session);
        message.setText(TEXT, "utf-8");
        message.saveChanges();
        AcceptedMessage accepted = send(new SignedWhileWritten(message));
        assertThat(accepted.header("X-Signed")).hasValue("" + SignedWhileWritten.sum(accepted.text()));
    }

    @Test
    void a_signed_part_is_left_as_signed() throws Exception {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "utf-8");
        MimeBodyPart signature = new MimeBodyPart();
        signature.setText("abc", "us-ascii");
        MimeMultipart signed = new MimeMultipart("signed", text, signature);
        MimeMessage message = Messages.to(session);
        message.setContent(signed);
        assertThat(send(message).text()).contains("Gr=C3=BC=C3=9Fe").doesNotContain(PLAIN_ON_THE_WIRE);
    }

    @Test
    void a_message_with_a_signature_in_its_header_is_left_as_signed() throws Exception {
        MimeMessage message = Messages.to(session);
        message.setText(TEXT, "utf-8");
        message.setHeader("DKIM-Signature", "v=1; bh=abc");
        assertThat(send(message).text()).contains("Gr=C3=BC=C3=9Fe");
    }

    @Test
    void a_relay_that_does_not_take_it_gets_none_though_the_one_before_did() throws Exception {
        server.on(Step.EHLO).session(2).reply("250-mx.example.com\r\n250 ENHANCEDSTATUSCODES");
        server.on(Step.MAIL).session(1).replyThenClose("421 4.3.0 Bye");
        MimeMessage message = Messages.to(session);
        message.setText(TEXT, "utf-8");
        AcceptedMessage accepted = send(message);
        assertThat(accepted.session()).isEqualTo(2);
        assertThat(accepted.text()).contains("Gr=C3=BC=C3=9Fe").doesNotContain(PLAIN_ON_THE_WIRE);
    }

    @Test
    void header_fields_in_utf_8_stay_as_they_are() throws Exception {
        MimeMessage message = Messages.to(session);
        message.setText(TEXT, "utf-8");
        message.setHeader("Subject", "Gr\u00fc\u00dfe");
        AcceptedMessage accepted = send(message);
        assertThat(accepted.header("Subject")).hasValue(PLAIN_ON_THE_WIRE.strip());
    }
}
