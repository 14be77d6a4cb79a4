package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.ops.ResilientMailMXBean;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What those see who operate an application: an MXBean, a log. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatingTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("app", "hush-hush").start();
    private final Engine engine =
            new Engine(System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(Math.min(1, wait.toNanos())));
    private final Set<ObjectName> before = new HashSet<>();

    @BeforeEach
    void look() {
        before.addAll(beans());
    }

    @AfterEach
    void close() {
        engine.closeAll();
        server.close();
    }

    private static Set<ObjectName> beans() {
        try {
            return BEANS.queryNames(new ObjectName("org.resilientmail:type=ResilientMail,*"), null);
        } catch (javax.management.MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<ObjectName> added() {
        Set<ObjectName> now = new HashSet<>(beans());
        now.removeAll(before);
        return now;
    }

    private Session session(String... keysAndValues) {
        TestSessions sessions = TestSessions.of(server).as("app", "hush-hush");
        sessions.set("mail.resilient.retry.initial-wait", "1ms");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            sessions.set("mail.resilient." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return sessions.session();
    }

    private void send(Session session, String to) throws MessagingException {
        try (ResilientTransport transport = new ResilientTransport(session, null, "smtp", false, null, engine)) {
            transport.connect(server.host(), server.port(), "app", "hush-hush");
            transport.sendMessage(Messages.to(session, to), new InternetAddress[] {new InternetAddress(to)});
        }
    }

    private ResilientMailMXBean bean() {
        Set<ObjectName> ours = added();
        assertThat(ours).hasSize(1);
        return JMX.newMXBeanProxy(BEANS, ours.iterator().next(), ResilientMailMXBean.class);
    }

    @Test
    void an_mxbean_shows_pools_permits_counters_and_what_to_do_about_failures() throws Exception {
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 No such user");
        server.on(Step.RCPT).to("later@example.com").reply("451 4.3.0 Try again");
        Session session = session("jmx", "true", "rate.messages", "100/1h");
        send(session, "somebody@example.com");
        send(session, "later@example.com");
        assertThatThrownBy(() -> send(session, "nobody@example.com")).isInstanceOf(RecipientRejected.class);

        ObjectName name = added().iterator().next();
        assertThat(BEANS.getAttribute(name, "AcceptedEnvelopes")).isEqualTo(2L);
        assertThat(BEANS.getAttribute(name, "AcceptedRecipients")).isEqualTo(2L);
        assertThat(BEANS.getAttribute(name, "FailedCalls")).isEqualTo(1L);
        assertThat(BEANS.getAttribute(name, "UncertainCalls")).isEqualTo(0L);
        assertThat(BEANS.getAttribute(name, "SessionsOpened")).isEqualTo(1L);
        assertThat(BEANS.getAttribute(name, "FailuresByKind").toString()).contains("RECIPIENT_REJECTED");
        assertThat(BEANS.getAttribute(name, "RetriesByKind").toString()).contains("value=1");
        assertThat((CompositeData[]) BEANS.getAttribute(name, "LastFailures"))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.get("kind")).isEqualTo("RECIPIENT_REJECTED");
                    assertThat(failure.get("phase")).isEqualTo("RCPT");
                    assertThat(failure.get("words")).isEqualTo("550 5.1.1 No such user");
                    assertThat((String) failure.get("advice")).isNotBlank();
                });
        assertThat((CompositeData[]) BEANS.getAttribute(name, "Accounts"))
                .singleElement()
                .satisfies(account -> {
                    assertThat((String) account.get("account")).startsWith("smtp://app@127.0.0.1:");
                    assertThat(account.get("sessionsIdle")).isEqualTo(1);
                    // three messages, one of them in two attempts
                    assertThat(account.get("permits").toString()).contains("messages 100/", "value=96");
                });
    }

    @Test
    void nothing_is_registered_before_the_first_send_or_without_the_key() throws Exception {
        send(session(), "somebody@example.com");
        assertThat(added()).isEmpty();

        Session session = session("jmx", "true");
        try (ResilientTransport transport = new ResilientTransport(session, null, "smtp", false, null, engine)) {
            transport.connect(server.host(), server.port(), "app", "hush-hush");
            assertThat(added()).isEmpty();
        }
        send(session, "somebody@example.com");
        assertThat(added()).hasSize(1);
    }

    @Test
    void closing_all_unregisters_and_the_next_send_registers_again() throws Exception {
        Session session = session("jmx", "true");
        send(session, "somebody@example.com");
        engine.closeAll();
        assertThat(added()).isEmpty();

        send(session, "somebody@example.com");
        assertThat(bean().getAcceptedEnvelopes()).isEqualTo(2);
    }

    @Test
    void an_operator_closes_sessions_and_lets_refused_logins_be_tried_again() throws Exception {
        Session session = session("jmx", "true");
        send(session, "somebody@example.com");

        bean().closeSessions();
        bean().forgetRefusedLogins();

        server.account().awaitOpenSessions(0);
        assertThat(bean().getSessionsClosedByReason()).containsEntry("shutdown", 1L);
    }

    private List<String> logged(String level) throws IOException, MessagingException {
        server.on(Step.RCPT).to("later@example.com").reply("451 4.3.0 Try again\u001b[2J");
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 No such user");
        Path log = directory.resolve("mail.log");
        Session session = session("log", log.toString(), "log.level", level);
        send(session, "later@example.com");
        assertThatThrownBy(() -> send(session, "nobody@example.com")).isInstanceOf(RecipientRejected.class);
        List<String> lines = Files.readAllLines(log);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("20")
                        .contains(" smtp://app@127.0.0.1:")
                        .doesNotContain("hush-hush", "\u001b"));
        return lines.stream().map(line -> line.replaceAll(".*:\\d+ ", "")).toList();
    }

    @Test
    void a_log_of_errors_has_failures_only_with_what_to_do() throws Exception {
        assertThat(logged("error"))
                .singleElement()
                .asString()
                .startsWith("failed: kind=RECIPIENT_REJECTED phase=RCPT attempts=1")
                .contains("reply=\"550 5.1.1 No such user\" advice=\"");
    }

    @Test
    void each_level_logs_more_than_the_one_before() throws Exception {
        assertThat(logged("debug"))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("session opened", "tries again", "waits", "accepted", "failed");
    }

    @Test
    void a_log_that_cannot_be_written_harms_nothing() throws Exception {
        Session session = session("log", directory.toString());

        send(session, "somebody@example.com");
        send(session, "somebody@example.com");

        assertThat(server.account().accepted()).hasSize(2);
    }
}
