import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.html.HTMLLayout;
import ch.qos.logback.classic.net.SMTPAppender;
import org.slf4j.LoggerFactory;

/** Logback's appender. */
public class LogbackApp {
    public static void main(String[] args) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        HTMLLayout layout = new HTMLLayout();
        layout.setContext(context);
        layout.start();
        SMTPAppender appender = new SMTPAppender();
        appender.setContext(context);
        appender.setSMTPHost("127.0.0.1");
        appender.setSMTPPort(Integer.parseInt(args[0]));
        appender.setUsername("app");
        appender.setPassword("secret");
        appender.setFrom("sender@example.com");
        appender.addTo("to1@example.com");
        appender.setSubject("An error");
        appender.setLayout(layout);
        appender.setAsynchronousSending(false);
        appender.start();
        Logger log = context.getLogger("app");
        log.addAppender(appender);
        for (int i = 1; i <= 5; i++) {
            log.error("Nr. {}", i);
        }
        context.stop();
    }
}
