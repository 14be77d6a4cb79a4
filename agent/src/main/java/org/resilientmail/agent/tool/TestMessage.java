package org.resilientmail.agent.tool;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;

/**
 * The message that {@code check} sends.
 *
 * @param message the message, complete
 * @param recipient who gets it
 */
record TestMessage(MimeMessage message, String recipient) {

    static TestMessage of(Session session, InternetAddress sender, InternetAddress recipient)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(sender);
        message.setRecipient(Message.RecipientType.TO, recipient);
        message.setSubject("resilient-mail test");
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody is to answer automatically
        message.setText(
                "This message was sent by \"" + Tool.NAME + " check\": the relay accepts mail.\r\n", "us-ascii");
        message.saveChanges();
        return new TestMessage(message, recipient.getAddress());
    }
}
