package org.resilientmail.testkit;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.concurrent.atomic.AtomicLong;

/** Small messages, each of which can be told from all others. Thread-safe. */
public final class Messages {

    /** A header with a value that no other message of this JVM has, whatever happens to the Message-ID. */
    public static final String MARK = "X-Test-Mark";

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Messages() {}

    /** A one-line message from {@code sender@example.com}, for {@code recipient@example.com} if nobody is named. */
    public static MimeMessage to(Session session, String... recipients) throws MessagingException {
        return withText(session, "A line of text.\r\n", recipients);
    }

    /** A message whose text has about so many octets, in lines of 78. */
    public static MimeMessage ofSize(Session session, int octets, String... recipients) throws MessagingException {
        String line = "x".repeat(76) + "\r\n";
        return withText(session, line.repeat(Math.max(1, octets / line.length())), recipients);
    }

    /** A message with lines that begin with dots, and one that is a dot, which have to arrive as they are. */
    public static MimeMessage withDots(Session session, String... recipients) throws MessagingException {
        return withText(session, ".\r\n..\r\n.one dot\r\n..two dots\r\nno dot.\r\n.\r\n", recipients);
    }

    /** A message with this text, in plain ASCII with CRLF line ends. Not saved: it has no Message-ID yet. */
    public static MimeMessage withText(Session session, String text, String... recipients) throws MessagingException {
        long number = NUMBERS.incrementAndGet();
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("sender@example.com"));
        for (String recipient : recipients.length == 0 ? new String[] {"recipient@example.com"} : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setHeader(MARK, "test-" + number);
        message.setSubject("Test " + number);
        message.setText(text, "us-ascii");
        return message;
    }

    /** The mark by which {@link AcceptedMessage#id()} knows the message. */
    public static String mark(Message message) throws MessagingException {
        return message.getHeader(MARK)[0];
    }
}
