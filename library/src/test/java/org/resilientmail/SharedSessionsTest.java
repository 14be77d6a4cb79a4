package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.ManualTime;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.SessionRecord;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;
import org.resilientmail.testkit.TranscriptLine;

/** Who shares a session with whom, how many there are, and when they end: as the server sees it. */
@Timeout(120)
class SharedSessionsTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final ManualTime time = new ManualTime();
    private Sender sender = Sender.real();

    @AfterEach
    void end() {
        sender.close();
    }

    private ScriptedSmtpServer serve(ServerBuilder builder) {
        return leaks.closeAfterwards(builder.start());
    }

    private ScriptedSmtpServer serve() {
        return serve(ScriptedSmtpServer.builder());
    }

    private static TestSessions sessions(ScriptedSmtpServer server) {
        return TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "5ms");
    }

    private void sendFromMany(Session session, int threads, int each) throws Exception {
        try (Callers callers = new Callers()) {
            CountDownLatch go = new CountDownLatch(1);
            List<Call<Void>> calls = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                calls.add(callers.start(() -> {
                    go.await();
                    for (int i = 0; i < each; i++) {
                        sender.send(session, "r" + number + "." + i + "@example.com");
                    }
                    return null;
                }));
            }
            go.countDown();
            calls.forEach(Call::get);
        }
    }

    @Test
    void sixty_four_threads_share_four_sessions_and_every_message_arrives_once() throws Exception {
        ScriptedSmtpServer server = serve();
        sendFromMany(sessions(server).session(), 64, 10);
        assertThat(server.account().accepted()).hasSize(640);
        assertThat(server.account().copiesPerRecipient()).hasSize(640);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(1);
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(4);
    }

    @Test
    void the_cap_holds_while_sessions_are_rotated_and_one_in_ten_is_reset() throws Exception {
        ScriptedSmtpServer server = serve();
        server.on(Step.MAIL)
                .matching(encounter -> encounter.occurrence() % 10 == 0)
                .always()
                .reset();
        Session session = sessions(server)
                .set("mail.resilient.session.max-messages", "7")
                .set("mail.resilient.retry.max-attempts", "20")
                .session();
        sendFromMany(session, 64, 10);
        assertThat(server.account().accepted()).hasSize(640);
        assertThat(server.account().duplicates()).isEmpty();
        assertThat(server.account().copiesPerRecipient()).hasSize(640);
        assertThat(server.account().messagesPerSession()).allMatch(messages -> messages <= 7);
        assertThat(server.account().maxOpenSessions()).isLessThanOrEqualTo(4);
        assertThat(server.account().opened()).isGreaterThan(90);
    }

    @Test
    void no_span_of_any_window_sees_more_than_the_configured_rate() throws Exception {
        ScriptedSmtpServer server = serve();
        Session session = sessions(server)
                .set("mail.resilient.rate.messages", "10/200ms, 30/1s")
                .set("mail.resilient.rate.recipients", "12/250ms")
                .session();
        sendFromMany(session, 8, 10);
        assertThat(server.account().accepted()).hasSize(80);
        assertRate(times(server, "MAIL"), 10, Duration.ofMillis(200));
        assertRate(times(server, "MAIL"), 30, Duration.ofSeconds(1));
        assertRate(times(server, "RCPT"), 12, Duration.ofMillis(250));
    }

    private static List<Long> times(ScriptedSmtpServer server, String verb) {
        return server.account().sessions().stream()
                .flatMap(session -> session.transcript().stream())
                .filter(line -> line.from() == TranscriptLine.Source.CLIENT
                        && line.text().startsWith(verb))
                .map(TranscriptLine::nanoTime)
                .sorted()
                .toList();
    }

    private static void assertRate(List<Long> times, int most, Duration period) {
        for (int i = most; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - most))
                    .as("from command " + (i - most) + " to command " + i)
                    .isGreaterThanOrEqualTo(period.toNanos());
        }
    }

    @Test
    void two_sessions_that_differ_in_patience_alone_share_one_rate() throws Exception {
        ScriptedSmtpServer server = serve();
        sender.close();
        sender = Sender.at(time);
        TestSessions common = sessions(server).set("mail.resilient.rate.messages", "1/1h");
        sender.send(common.session(), "a@example.com");
        MailFailure failure =
                sender.failing(common.set("mail.resilient.rate.max-wait", "1s").session(), "b@example.com");
        assertThat(failure.ruleId()).isEqualTo("own:rate");
        assertThat(failure.waitHint()).contains(Duration.ofHours(1));
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void a_send_never_begins_on_a_session_older_than_allowed() throws Exception {
        ScriptedSmtpServer server = serve();
        sender = Sender.at(time);
        Session session = sessions(server)
                .set("mail.resilient.session.max-lifetime", "1m")
                .set("mail.resilient.session.max-idle", "10m")
                .session();
        sender.send(session, "a@example.com");
        time.advance(Duration.ofSeconds(59));
        sender.send(session, "b@example.com");
        time.advance(Duration.ofSeconds(1));
        sender.send(session, "c@example.com");
        assertThat(server.account().messagesPerSession()).containsExactly(2, 1);
        server.account().awaitOpenSessions(1); // the housekeeper may be the one that closes it, at the same time
        assertThat(server.account().session(1).commands()).endsWith("QUIT");
    }

    @Test
    void a_session_that_grows_too_old_while_the_message_is_rendered_is_not_used() throws Exception {
        ScriptedSmtpServer server = serve();
        sender = Sender.at(time);
        Session session = sessions(server)
                .set("mail.resilient.session.max-lifetime", "1m")
                .session();
        sender.send(session, "a@example.com");
        sender.send(new SlowMessage(session, () -> time.advance(Duration.ofMinutes(1))), session);
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
    }

    @Test
    void an_idle_session_is_ended_with_quit_in_time_and_its_thread_ends() throws Exception {
        ScriptedSmtpServer server = serve();
        sender.send(
                sessions(server).set("mail.resilient.session.max-idle", "50ms").session(), "a@example.com");
        server.account().awaitOpenSockets(0);
        assertThat(server.account().session(1).commands()).endsWith("QUIT");
        leaks.assertNothingLeft();
    }

    @Test
    void closing_all_says_quit_on_idle_sessions_and_the_next_send_opens_another() throws Exception {
        ScriptedSmtpServer server = serve();
        Session session = sessions(server).session();
        sender.send(session, "a@example.com");
        sender.engine().closeAll();
        server.account().awaitOpenSockets(0);
        assertThat(server.account().session(1).commands()).endsWith("QUIT");
        leaks.assertNothingLeft();
        sender.send(session, "b@example.com");
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
    }

    @Test
    void a_session_in_use_when_all_are_closed_ends_with_its_send() throws Exception {
        ScriptedSmtpServer server = serve();
        Session session = sessions(server).session();
        Gate gate = server.holdAt(Step.END_OF_DATA);
        try (Callers callers = new Callers()) {
            Call<Void> call = callers.start(() -> {
                sender.send(session, "a@example.com");
                return null;
            });
            gate.awaitArrived(1);
            sender.engine().closeAll();
            gate.release();
            call.get();
        }
        server.account().awaitOpenSockets(0);
        assertThat(server.account().accepted()).hasSize(1);
        assertThat(server.account().session(1).commands()).endsWith("QUIT");
    }

    @Test
    void a_wrong_password_never_gets_a_session_of_the_right_one() throws Exception {
        ScriptedSmtpServer server =
                serve(ScriptedSmtpServer.builder().user("alice", "right").requireAuth());
        for (String maxOpen : List.of("1", "4")) {
            Session right = sessions(server)
                    .set("mail.resilient.session.max-open", maxOpen)
                    .as("alice", "right")
                    .session();
            Session wrong = sessions(server)
                    .set("mail.resilient.session.max-open", maxOpen)
                    .as("alice", "wrong")
                    .session();
            sender.send(right, "a@example.com");
            int before = server.account().accepted().size();
            for (int i = 0; i < 3; i++) {
                assertThat(sender.failing(wrong, "b@example.com")).isInstanceOf(AuthenticationFailed.class);
            }
            assertThat(server.account().accepted()).hasSize(before);
            sender.send(right, "a@example.com");
        }
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com");
    }

    @Test
    void a_wrong_password_is_found_out_while_the_only_session_of_the_right_one_is_in_use() throws Exception {
        ScriptedSmtpServer server =
                serve(ScriptedSmtpServer.builder().user("alice", "right").requireAuth());
        TestSessions one = sessions(server).set("mail.resilient.session.max-open", "1");
        Session right = one.as("alice", "right").session();
        Session wrong = one.as("alice", "wrong").session();
        Gate gate = server.holdAt(Step.END_OF_DATA);
        try (Callers callers = new Callers()) {
            Call<Void> sending = callers.start(() -> {
                sender.send(right, "a@example.com");
                return null;
            });
            gate.awaitArrived(1);
            Call<MailFailure> failing = callers.start(() -> sender.failing(wrong, "b@example.com"));
            sender.awaitWaiting("session");
            assertThat(failing.isDone()).isFalse();
            gate.release();
            sending.get();
            assertThat(failing.get()).isInstanceOf(AuthenticationFailed.class);
        }
        assertThat(server.account().maxOpenSessions()).isEqualTo(1);
    }

    @Test
    void sessions_of_one_user_are_never_used_for_another() throws Exception {
        ScriptedSmtpServer server = serve(
                ScriptedSmtpServer.builder().user("alice", "a").user("bob", "b").requireAuth());
        Session alice = sessions(server).as("alice", "a").session();
        Session bob = sessions(server).as("bob", "b").session();
        for (int i = 0; i < 3; i++) {
            sender.send(alice, "from-alice@example.com");
            sender.send(bob, "from-bob@example.com");
        }
        assertThat(server.account().messagesPerSession()).containsExactly(3, 3);
        for (AcceptedMessage message : server.account().accepted()) {
            assertThat(message.recipients()).containsExactly("from-" + message.user() + "@example.com");
        }
    }

    @Test
    void two_sessions_with_equal_properties_share() throws Exception {
        ScriptedSmtpServer server =
                serve(ScriptedSmtpServer.builder().user("alice", "a").requireAuth());
        for (int i = 0; i < 5; i++) {
            sender.send(sessions(server).as("alice", "a").session(), "a@example.com");
        }
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void what_is_read_for_each_message_does_not_separate() throws Exception {
        ScriptedSmtpServer server = serve();
        sender.send(sessions(server).session(), "a@example.com");
        sender.send(sessions(server).smtp("from", "bounce@example.com").session(), "a@example.com");
        sender.send(sessions(server).smtp("sendpartial", "true").session(), "a@example.com");
        sender.send(
                sessions(server).set("mail.resilient.retry.max-attempts", "2").session(), "a@example.com");
        assertThat(server.account().opened()).isEqualTo(1);
        assertThat(server.account().accepted().get(1).sender()).isEqualTo("bounce@example.com");
    }

    @Test
    void whatever_changes_the_connection_separates() throws Exception {
        ScriptedSmtpServer server = serve(ScriptedSmtpServer.builder().startTls());
        List<TestSessions> different = new ArrayList<>(List.of(
                sessions(server),
                sessions(server).startTls(),
                sessions(server).startTls().smtp("ssl.protocols", "TLSv1.2"),
                sessions(server).smtp("localhost", "another.example.com"),
                sessions(server).set("mail.smtp.socketFactory", new PlainFactory()),
                sessions(server).set("mail.smtp.socketFactory", new PlainFactory())));
        for (Map.Entry<String, String> timeOut : Map.of(
                        "timeout", "9000", "connectiontimeout", "9000", "writetimeout", "9000")
                .entrySet()) {
            different.add(sessions(server).smtp(timeOut.getKey(), timeOut.getValue()));
        }
        List<Session> all = different.stream()
                .map(each -> each.set("mail.resilient.session.max-open", "20").session())
                .toList();
        for (int round = 0; round < 2; round++) {
            for (Session session : all) {
                sender.send(session, "a@example.com");
            }
        }
        assertThat(server.account().messagesPerSession())
                .containsExactlyElementsOf(
                        IntStream.range(0, all.size()).mapToObj(i -> 2).toList());
        SessionRecord tls = server.account().session(2);
        assertThat(tls.commands()).contains("STARTTLS");
    }

    /** A socket factory that is equal to itself only. */
    private static final class PlainFactory extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) throws java.io.IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort)
                throws java.io.IOException {
            return new Socket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port) throws java.io.IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort)
                throws java.io.IOException {
            return new Socket(host, port, local, localPort);
        }
    }
}
