package org.resilientmail.example;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.List;

/**
 * One message to be sent.
 *
 * @param key tells its copies from those of all others, whatever becomes of the Message-ID
 * @param subject the subject
 * @param recipients who gets it
 */
record Mailing(String key, String subject, List<InternetAddress> recipients) {

    /** The header field that carries the key. */
    static final String KEY_HEADER = "X-Newsletter-Key";

    Mailing {
        recipients = List.copyOf(recipients);
    }

    /** Writes the message. A single recipient is named in it; several do not get to see each other. */
    MimeMessage message(Session session, InternetAddress from) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        Message.RecipientType field = recipients.size() == 1 ? Message.RecipientType.TO : Message.RecipientType.BCC;
        message.setRecipients(field, recipients.toArray(InternetAddress[]::new));
        message.setSubject(subject, "UTF-8");
        message.setSentDate(new Date());
        message.setHeader(KEY_HEADER, key);
        message.setContent(new MimeMultipart("alternative", text(), html()));
        return message;
    }

    private MimeBodyPart text() throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText("Grüezi!\n\n" + subject + "\n.\n(a line with a single dot, which SMTP has to double)\n", "UTF-8");
        return part;
    }

    private MimeBodyPart html() throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText("<p>Grüezi!</p><p>" + subject + "</p>", "UTF-8", "html");
        return part;
    }
}
