import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.quartz.*;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.jobs.ee.mail.SendMailJob;

/** Quartz' job. */
public class QuartzApp {
    static String port;
    static final CountDownLatch DONE = new CountDownLatch(5);

    public static class Mail extends SendMailJob {
        @Override
        protected Session getMailSession(MailInfo info) {
            Properties properties = new Properties();
            properties.put("mail.smtp.host", "127.0.0.1");
            properties.put("mail.smtp.port", port);
            properties.put("mail.smtp.auth", "true");
            return Session.getInstance(properties, new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("app", "secret");
                }
            });
        }

        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                super.execute(context);
            } finally {
                DONE.countDown();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        port = args[0];
        Scheduler scheduler = StdSchedulerFactory.getDefaultScheduler();
        scheduler.start();
        for (int i = 1; i <= 5; i++) {
            scheduler.scheduleJob(
                    JobBuilder.newJob(Mail.class)
                            .usingJobData("smtp_host", "127.0.0.1")
                            .usingJobData("sender", "sender@example.com")
                            .usingJobData("recipient", "to" + i + "@example.com")
                            .usingJobData("subject", "Nr. " + i)
                            .usingJobData("message", "A line of text.")
                            .build(),
                    TriggerBuilder.newTrigger().startNow().build());
        }
        DONE.await();
        scheduler.shutdown(true);
    }
}
