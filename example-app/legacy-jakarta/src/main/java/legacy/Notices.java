package legacy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends notices from several threads at once, because somebody found that one was too slow. Takes what {@code Reminders}
 * takes: the mail settings, and a file with the recipients of one message on each line.
 */
public final class Notices {

    private static final int THREADS = 6;

    private final Properties settings = new Properties();
    private final AtomicInteger failures = new AtomicInteger();

    private Notices(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
    }

    /** Sends all notices. */
    public static void main(String[] args) throws Exception {
        Notices notices = new Notices(Path.of(args[0]));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (String recipients : Files.readAllLines(Path.of(args[1]))) {
            threads.execute(() -> notices.notify(recipients.split(" ")));
        }
        threads.shutdown();
        threads.awaitTermination(10, TimeUnit.MINUTES);
        System.out.println("notices that failed: " + notices.failures);
    }

    private void notify(String[] recipients) {
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(settings));
            message.setFrom(settings.getProperty("mail.from"));
            for (String recipient : recipients) {
                message.addRecipient(RecipientType.BCC, new InternetAddress(recipient));
            }
            message.setSubject("Notice");
            message.setContent("<p>The water is off from <b>9 to 11</b> tomorrow.</p>", "text/html; charset=UTF-8");
            Transport.send(message, settings.getProperty("mail.user"), settings.getProperty("mail.password"));
        } catch (MessagingException e) {
            failures.incrementAndGet();
            System.out.println(
                    "no notice for " + recipients[0] + ": " + e.getMessage().strip());
        }
    }
}
