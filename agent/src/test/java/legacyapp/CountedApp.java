package legacyapp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/** Sends as many messages as it is told to, which may be none. Arguments: the port, and how many. */
public final class CountedApp {

    private CountedApp() {}

    /** Sends them one after the other. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[1]);
        if (messages > 0) {
            Mailing.send(Integer.parseInt(arguments[0]), messages);
        }
        System.out.println(messages + " sent");
    }

    /** All that knows of mail: not even looked at where none is sent. */
    private static final class Mailing {

        static void send(int port, int messages) throws MessagingException {
            Session session = Accounts.session(port, false);
            for (int i = 1; i <= messages; i++) {
                MimeMessage message = new MimeMessage(session);
                message.setFrom(new InternetAddress("sender@example.com"));
                message.setRecipient(Message.RecipientType.TO, new InternetAddress("to@example.com"));
                message.setSubject("Message " + i);
                message.setText("A line of text.\r\n", "us-ascii");
                Transport.send(message);
            }
        }
    }
}
