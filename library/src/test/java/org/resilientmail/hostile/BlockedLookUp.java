package org.resilientmail.hostile;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;

/**
 * An application on a machine whose resolver does not answer: Java is told to look names up in a file which is a pipe
 * that nobody writes to. Prints a line for each send: seconds, then what came of it.
 */
final class BlockedLookUp {

    private BlockedLookUp() {}

    private static Properties properties(String host, String port) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", port);
        properties.put("mail.smtp.localhost", "client.example.com");
        properties.put("mail.from", "sender@example.com"); // else Jakarta Mail looks up a name for the Message-ID
        properties.put("mail.resilient.retry.deadline", "1s");
        properties.put("mail.resilient.retry.initial-wait", "1ms");
        return properties;
    }

    public static void main(String[] args) throws Exception {
        Properties numbers = properties(args[0], args[1]);
        numbers.put("mail.resilient.retry.deadline", "30s"); // takes the time of loading classes, too
        send("numbers", numbers);
        send("relay", properties("relay.example.com", args[1]));
        send("again", properties("relay.example.com", args[1]));
        for (String name : new String[] {"proxy.host", "socks.host", "localaddress"}) {
            Properties properties = properties(args[0], args[1]);
            properties.put("mail.smtp." + name, name.replace('.', '-') + ".example.com");
            send(name, properties);
        }
        Properties nameless = properties(args[0], args[1]);
        nameless.remove("mail.smtp.localhost");
        send("hello", nameless);
        Thread sending = Thread.currentThread();
        Thread other = new Thread(() -> interruptOnceWaiting(sending));
        other.start();
        Properties patient = properties("other.example.com", args[1]);
        patient.put("mail.resilient.retry.deadline", "30s");
        send("interrupted", patient);
        other.join();
        System.out.println("threads "
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("resilient-mail-name-look-up"))
                        .filter(Thread::isDaemon)
                        .count());
    }

    private static void interruptOnceWaiting(Thread sending) {
        while (sending.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        sending.interrupt();
    }

    private static void send(String what, Properties properties) throws Exception {
        Session session = Session.getInstance(properties);
        MimeMessage message = Messages.to(session, "a@example.com");
        long start = System.nanoTime();
        String outcome = "sent";
        try {
            Transport.send(message);
        } catch (MessagingException e) {
            outcome = e instanceof MailFailure failure ? failure.phase() + " " + failure.ruleId() : e.toString();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(what + " " + took.toSeconds() + " " + outcome + (Thread.interrupted() ? " flagged" : ""));
        ResilientMail.closeAll();
    }
}
