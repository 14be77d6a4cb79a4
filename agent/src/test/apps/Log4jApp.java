import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.SmtpAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Log4j's appender. */
public class Log4jApp {
    public static void main(String[] args) {
        LoggerContext context = LoggerContext.getContext(false);
        Configuration configuration = context.getConfiguration();
        SmtpAppender appender = SmtpAppender.newBuilder()
                .setName("mail")
                .setSmtpHost("127.0.0.1")
                .setSmtpPort(Integer.parseInt(args[0]))
                .setSmtpUsername("app")
                .setSmtpPassword("secret")
                .setFrom("sender@example.com")
                .setTo("to1@example.com")
                .setSubject("An error")
                .setLayout(PatternLayout.createDefaultLayout())
                .setConfiguration(configuration)
                .build();
        appender.start();
        configuration.getRootLogger().addAppender(appender, null, null);
        context.updateLoggers();
        Logger log = LogManager.getLogger("app");
        for (int i = 1; i <= 5; i++) {
            log.error("Nr. {}", i);
        }
    }
}
