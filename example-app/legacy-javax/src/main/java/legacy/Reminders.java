package legacy;

import java.io.FileReader;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Properties;
import javax.mail.Authenticator;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.PasswordAuthentication;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/**
 * Reminds people, as it has done for years: one message after the other, and what fails is printed and forgotten.
 * Arguments: the mail settings, and a file with the recipients of one message on each line, separated by spaces.
 */
public final class Reminders {

    private Reminders() {}

    /** Sends all reminders. */
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        try (FileReader file = new FileReader(args[0])) {
            settings.load(file);
        }
        Session session = Session.getInstance(settings, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        settings.getProperty("mail.user"), settings.getProperty("mail.password"));
            }
        });
        int failed = 0;
        for (String recipients : Files.readAllLines(Paths.get(args[1]))) {
            try {
                remind(session, settings.getProperty("mail.from"), recipients.replace(' ', ','));
            } catch (MessagingException e) {
                failed++;
                System.out.println("no reminder for " + recipients.split(" ")[0] + ": "
                        + e.getMessage().trim());
            }
        }
        System.out.println("reminders that failed: " + failed);
    }

    private static void remind(Session session, String from, String recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.addRecipients(Message.RecipientType.BCC, InternetAddress.parse(recipients));
        message.setSubject("Reminder");
        message.setText("Your books are due on Friday.");
        Transport.send(message);
    }
}
