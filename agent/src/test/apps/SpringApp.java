import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Spring's sender, of whatever name space. */
public class SpringApp {
    public static void main(String[] args) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(Integer.parseInt(args[0]));
        sender.setUsername("app");
        sender.setPassword("secret");
        Properties properties = sender.getJavaMailProperties();
        properties.put("mail.smtp.localhost", "client.example.com");
        for (int i = 1; i <= 5; i++) {
            SimpleMailMessage message = new SimpleMailMessage();
            message.setFrom("sender@example.com");
            message.setTo("to" + i + "@example.com");
            message.setSubject("Nr. " + i);
            message.setText("A line of text.");
            try {
                sender.send(message);
            } catch (MailException e) {
                System.out.println(e);
            }
        }
    }
}
