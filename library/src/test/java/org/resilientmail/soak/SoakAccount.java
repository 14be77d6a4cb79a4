package org.resilientmail.soak;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.List;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/**
 * One account at the relay with the limits configured for it, which the relay does not know and we have to keep.
 *
 * @param name the user; also the first label of the name it says hello with, by which the server's books tell it
 * @param mechanism how it logs in
 * @param maxSessions {@code session.max-open}
 * @param maxMessages {@code session.max-messages}
 * @param maxRecipients {@code message.max-recipients}
 * @param messages {@code rate.messages}
 * @param recipients {@code rate.recipients}
 * @param resends whether {@code retry.uncertain=resend} holds for it
 * @param pipelines whether its commands leave together
 */
record SoakAccount(
        String name,
        String mechanism,
        int maxSessions,
        int maxMessages,
        int maxRecipients,
        Rate messages,
        Rate recipients,
        boolean resends,
        boolean pipelines) {

    /** So many within any span of this time. */
    record Rate(int permits, Duration period) {

        String asConfigured() {
            return permits + "/" + period.toMillis() + "ms";
        }
    }

    /** Long enough for a loaded machine: a reply that only came late would be a doubt without a fault. */
    static final Duration READ_TIMEOUT = Duration.ofMillis(1_000);

    private static final String HELLO_DOMAIN = ".client.example.com";

    static final List<SoakAccount> ALL = List.of(
            new SoakAccount("anna", "PLAIN", 4, 5, 5, rate(180, 500), rate(2_000, 1_000), false, false),
            new SoakAccount("ben", "LOGIN", 5, 8, 3, rate(500, 1_000), rate(24, 20), false, true),
            new SoakAccount("carla", "PLAIN", 3, 12, 6, rate(150, 400), rate(1_500, 1_000), false, true),
            new SoakAccount("dora", "LOGIN", 3, 4, 4, rate(300, 1_000), rate(900, 1_000), true, true));

    private static Rate rate(int permits, long millis) {
        return new Rate(permits, Duration.ofMillis(millis));
    }

    String password() {
        return name + "'s password";
    }

    /** {@return whether it is this account that says hello so} */
    boolean greetsAs(String hello) {
        return hello.equals(name + HELLO_DOMAIN);
    }

    /** The configuration of an application that sends over this account. */
    TestSessions settings(ScriptedSmtpServer server, boolean partial, String password) {
        String timeout = Long.toString(READ_TIMEOUT.toMillis());
        return TestSessions.of(server)
                .as(name, password)
                .smtp("auth.mechanisms", mechanism)
                .smtp("localhost", name + HELLO_DOMAIN)
                .smtp("sendpartial", Boolean.toString(partial))
                .smtp("timeout", timeout)
                .smtp("writetimeout", timeout)
                .set("mail.resilient.session.max-open", Integer.toString(maxSessions))
                .set("mail.resilient.session.max-messages", Integer.toString(maxMessages))
                .set("mail.resilient.message.max-recipients", Integer.toString(maxRecipients))
                .set("mail.resilient.rate.messages", messages.asConfigured())
                .set("mail.resilient.rate.recipients", recipients.asConfigured())
                .set("mail.resilient.pipelining", Boolean.toString(pipelines))
                .set("mail.resilient.pipelining.pause", "5ms") // there is always something that goes wrong
                .set("mail.resilient.auth.initial-wait", "1ms")
                .set("mail.resilient.auth.max-wait", "50ms")
                .set("mail.resilient.retry.max-attempts", "10")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "20ms")
                .set("mail.resilient.retry.uncertain", resends ? "resend" : "fail");
    }

    Session session(ScriptedSmtpServer server, boolean partial, String password) {
        return settings(server, partial, password).session();
    }
}
