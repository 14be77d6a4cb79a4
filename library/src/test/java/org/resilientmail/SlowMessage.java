package org.resilientmail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A message during whose rendering something happens. */
final class SlowMessage extends MimeMessage {

    private final Runnable meanwhile;

    SlowMessage(Session session, Runnable meanwhile) throws MessagingException {
        super(session);
        this.meanwhile = meanwhile;
        setFrom(new InternetAddress("sender@example.com"));
        setRecipient(Message.RecipientType.TO, new InternetAddress("a@example.com"));
        setText("A line of text.\r\n");
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        meanwhile.run();
        super.writeTo(out, ignoreList);
    }
}
