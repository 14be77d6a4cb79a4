import org.apache.commons.mail.SimpleEmail;

/** Commons Email 1. */
public class CommonsEmail1App {
    public static void main(String[] args) {
        for (int i = 1; i <= 5; i++) {
            try {
                SimpleEmail email = new SimpleEmail();
                email.setHostName("127.0.0.1");
                email.setSmtpPort(Integer.parseInt(args[0]));
                email.setAuthentication("app", "secret");
                email.setFrom("sender@example.com");
                email.addTo("to" + i + "@example.com");
                email.setSubject("Nr. " + i);
                email.setMsg("A line of text.");
                email.send();
            } catch (Exception e) {
                System.out.println(e);
            }
        }
    }
}
