package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.DeliveryListener;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Passwords and message texts, and everything that could tell them: logs, debug output, exceptions, events, streams. */
@Timeout(120)
class SecretsNotToldTest {

    private static final String USER = "user";
    private static final String PASSWORD = "Tr0ub4dor-and-3";
    private static final String BODY = "For your eyes only, line by line.";

    private static final List<String> SECRETS = List.of(
            PASSWORD,
            base64(PASSWORD),
            base64("\0" + USER + "\0" + PASSWORD),
            base64("user=" + USER + "\001auth=Bearer " + PASSWORD + "\001\001"));

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user(USER, PASSWORD).requireAuth().start();

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream debugOut = new ByteArrayOutputStream();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final DeliveryListener listener = event -> events.add(event.toString());
    private final Logger root = Logger.getLogger("");
    private final Level usual = root.getLevel();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            StringWriter text = new StringWriter();
            text.append(new SimpleFormatter().format(record));
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @AfterEach
    void endAll() {
        root.removeHandler(handler);
        root.setLevel(usual);
        ResilientMail.removeListener(listener);
        ResilientMail.closeAll();
        server.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private TestSessions sessions(String mechanism) {
        return TestSessions.of(server)
                .as(USER, PASSWORD)
                .smtp("auth.mechanisms", mechanism)
                .set("mail.resilient.retry.max-attempts", "2")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "2ms");
    }

    private void logEverything() {
        handler.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        ResilientMail.addListener(listener);
    }

    /** Sends once with success, and once over a session that is lost. */
    private void sendTwice(Session session) throws Exception {
        session.setDebugOut(new PrintStream(debugOut, true, StandardCharsets.UTF_8));
        Transport.send(Messages.withText(session, BODY, "a@example.com"));
        server.on(Step.RCPT).reset();
        catchThrowable(() -> Transport.send(Messages.withText(session, BODY, "b@example.com")));
    }

    private String all() {
        return String.join("\n", logged) + "\n" + debugOut.toString(StandardCharsets.UTF_8) + "\n"
                + String.join("\n", events);
    }

    private static void assertNoSecretIn(String text) {
        assertThat(SECRETS).noneSatisfy(secret -> assertThat(text).contains(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void no_log_at_any_level_tells_more_than_angus_own(String mechanism) throws Exception {
        logEverything();
        sendTwice(sessions(mechanism).plainAngus().session());
        boolean angusTellsBody = all().contains(BODY);
        logged.clear();
        sendTwice(sessions(mechanism).session());
        assertNoSecretIn(all());
        assertThat(all()).contains("SessionOpened", "Accepted");
        assertThat(all().contains(BODY)).isEqualTo(angusTellsBody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void the_debug_output_is_masked_and_goes_where_angus_own_goes(String mechanism) throws Exception {
        PrintStream standard = System.out;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        Session session = sessions(mechanism).session();
        session.setDebug(true);
        Session byProperty = sessions(mechanism).session();
        byProperty.getProperties().setProperty("mail.debug", "true");
        byProperty.setDebug(true);
        logEverything();
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        try {
            sendTwice(session);
            sendTwice(byProperty);
        } finally {
            System.setOut(standard);
        }
        assertNoSecretIn(all());
        assertThat(debugOut.toString(StandardCharsets.UTF_8))
                .contains("AUTH " + mechanism + " command trace suppressed");
        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** How a send can fail. */
    private enum Failing {
        WRONG_PASSWORD(s -> s.on(Step.AUTH).always().reply("535 5.7.8 Authentication failed")),
        PASSWORD_REPEATED(s -> s.on(Step.AUTH).always().reply("535 5.7.8 No " + PASSWORD + " for " + USER)),
        LOGIN_REPEATED(s ->
                s.on(Step.AUTH).always().reply("501-5.5.2 Cannot decode\r\n501 5.5.2 " + SECRETS.get(2) + " here")),
        REPEATED_AND_CLOSED(s -> s.on(Step.AUTH).always().replyThenClose("421 4.7.0 " + SECRETS.get(1) + " again")),
        LOST_IN_AUTH(s -> s.on(Step.AUTH).always().reset()),
        SENDER(s -> s.on(Step.MAIL).always().reply("550 5.1.8 Bad sender")),
        RECIPIENT(s -> s.on(Step.RCPT).always().reply("550 5.1.1 User unknown")),
        CONTENT(s -> s.on(Step.END_OF_DATA).always().reply("554 5.7.1 Spam")),
        BROKEN(s -> s.on(Step.BODY).always().reset()),
        UNCERTAIN(s -> s.on(Step.END_OF_DATA).always().fault(Fault.ACCEPT_THEN_RESET)),
        THROTTLED(s -> s.on(Step.MAIL).always().reply("450 4.7.1 Rate limited, try again in 1 hour")),
        QUOTA(s -> s.on(Step.MAIL).always().reply("550 5.4.5 Daily user sending limit exceeded")),
        GARBAGE(s -> s.on(Step.MAIL).always().fault(Fault.GARBAGE)),
        GREETING(s -> s.on(Step.CONNECT).always().replyThenClose("554 5.7.1 No")),
        REFUSED(ScriptedSmtpServer::stopListening);

        private final Consumer<ScriptedSmtpServer> fault;

        Failing(Consumer<ScriptedSmtpServer> fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void no_failure_tells_one_neither_in_words_nor_in_a_stream(Failing failing) throws Exception {
        ResilientMail.addListener(listener);
        failing.fault.accept(server);
        Session session = sessions("PLAIN").session();
        Attempt attempt = Attempt.of(Messages.withText(session, BODY, "a@example.com"));
        MessagingException thrown = attempt.thrown().orElseThrow();
        assertThat(thrown).isInstanceOf(MailFailure.class);
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        byte[] stream = serialized(thrown);
        String told = trace + "\n" + thrown + "\n" + ((MailFailure) thrown).report() + "\n" + String.join("\n", events)
                + "\n" + new String(stream, StandardCharsets.ISO_8859_1);
        assertNoSecretIn(told);
        assertThat(told).doesNotContain(BODY);
        Throwable read = (Throwable) new ObjectInputStream(new ByteArrayInputStream(stream)).readObject();
        assertThat(read).hasSameClassAs(thrown);
        assertThat(((MailFailure) read).ruleId()).isEqualTo("none");
    }

    private static byte[] serialized(Object value) throws java.io.IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Test
    void a_welcome_that_repeats_one_is_quoted_without_it() throws Exception {
        server.on(Step.AUTH).reply("235 2.7.0 Welcome with " + PASSWORD);
        try (SMTPTransport transport =
                (SMTPTransport) sessions("PLAIN").session().getTransport("smtp")) {
            transport.connect();
            assertThat(transport.getLastServerResponse()).startsWith("235 2.7.0 Welcome with ****");
            assertNoSecretIn(transport.getLastServerResponse());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.resilient.password",
                "mail.resilient.account.main.password",
                "mail.resilient.account.main.user-password",
                "mail.resilient.oauth-token",
                "mail.resilient.secret"
            })
    void a_key_that_is_none_of_ours_is_told_without_its_value_where_that_may_be_a_secret(String key) throws Exception {
        Session session = sessions("PLAIN").set(key, PASSWORD).session();
        Throwable thrown = catchThrowable(() -> Transport.send(Messages.to(session, "a@example.com")));
        assertThat(thrown).hasMessageContaining(key);
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        assertNoSecretIn(trace.toString());
    }
}
