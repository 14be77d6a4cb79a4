import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Simple Java Mail. */
public class SimpleJavaMailApp {
    public static void main(String[] args) throws Exception {
        try (Mailer mailer = MailerBuilder.withSMTPServer("127.0.0.1", Integer.parseInt(args[0]), "app", "secret")
                .buildMailer()) {
            for (int i = 1; i <= 5; i++) {
                try {
                    mailer.sendMail(EmailBuilder.startingBlank()
                                    .from("sender@example.com")
                                    .to("to" + i + "@example.com")
                                    .withSubject("Nr. " + i)
                                    .withPlainText("A line of text.")
                                    .buildEmail())
                            .join();
                } catch (RuntimeException e) {
                    System.out.println(e);
                }
            }
        }
    }
}
