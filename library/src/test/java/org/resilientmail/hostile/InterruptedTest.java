package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** A sending thread that is interrupted while it waits for the relay. */
@Timeout(60)
class InterruptedTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final Callers callers = new Callers();

    @AfterEach
    void endAll() {
        callers.close();
        ResilientMail.closeAll();
        server.close();
    }

    /** What came of a send, and whether its thread was still interrupted afterwards. */
    private record Sent(Attempt attempt, boolean interrupted) {}

    private Callers.Call<Sent> sending(Session session) throws Exception {
        MimeMessage message = Messages.to(session, "a@example.com");
        return callers.start(() -> {
            Attempt attempt = Attempt.of(message);
            return new Sent(attempt, Thread.currentThread().isInterrupted());
        });
    }

    private static Sent interrupted(Callers.Call<Sent> call) throws Exception {
        return Timed.within(Duration.ZERO, Duration.ofSeconds(1), () -> {
            call.thread().interrupt();
            return call.get();
        });
    }

    private void wasBrokenOff(Sent sent) throws Exception {
        sent.attempt().agreesWith(server, 1);
        assertThat(sent.attempt().failure().ruleId()).contains("io:interrupted");
        assertThat(sent.attempt().failure().attempts()).isEqualTo(1);
        assertThat(sent.interrupted()).isTrue();
        assertThat(server.account().accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void a_wait_for_a_reply_before_the_dot_ends_at_once_and_nothing_is_sent(Step step) throws Exception {
        Gate gate = server.holdAt(step);
        Callers.Call<Sent> call = sending(TestSessions.session(server));
        gate.awaitArrived(1);
        wasBrokenOff(interrupted(call));
    }

    @Test
    void a_connect_that_hangs_ends_at_once() throws Exception {
        Callers.Call<Sent> call = sending(TestSessions.of(server)
                .set("mail.smtp.socketFactory", new HangingSockets())
                .session());
        Eventually.until("the connect hangs", () -> HangingSockets.HANGING.get() == 1);
        wasBrokenOff(interrupted(call));
    }

    @Test
    void a_handshake_that_stalls_ends_at_once() throws Exception {
        try (ScriptedSmtpServer secure =
                ScriptedSmtpServer.builder().implicitTls().start()) {
            Gate gate = secure.holdAt(Step.TLS_HANDSHAKE);
            Callers.Call<Sent> call = sending(TestSessions.session(secure));
            gate.awaitArrived(1);
            wasBrokenOff(interrupted(call));
        }
    }

    @Test
    void a_session_used_again_is_not_taken_for_stale() throws Exception {
        Session session = TestSessions.session(server);
        assertThat(Attempt.of(Messages.to(session, "first@example.com")).thrown())
                .isEmpty();
        Gate gate = server.holdAt(Step.MAIL);
        Callers.Call<Sent> call = sending(session);
        gate.awaitArrived(1);
        Sent sent = interrupted(call);
        sent.attempt().agreesWith(server, 1);
        assertThat(sent.attempt().failure().ruleId()).contains("io:interrupted");
        assertThat(server.account().accepted()).hasSize(1);
    }

    @Test
    void the_verdict_on_the_message_is_waited_for() throws Exception {
        Gate dot = server.holdAt(Step.END_OF_DATA);
        Callers.Call<Sent> call = sending(TestSessions.session(server));
        dot.awaitArrived(1);
        call.thread().interrupt();
        dot.release();
        Sent sent = call.get();
        assertThat(sent.attempt().thrown()).isEmpty();
        assertThat(sent.interrupted()).isTrue();
        sent.attempt().agreesWith(server, 1);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void it_is_waited_for_by_virtual_threads_too_whose_sockets_java_would_close() throws Exception {
        Session session = TestSessions.session(server);
        server.on(Step.END_OF_DATA).slowDrip(Duration.ofMillis(5));
        Gate dot = server.holdAt(Step.END_OF_DATA);
        MimeMessage message = Messages.to(session, "a@example.com");
        FutureTask<Sent> task = new FutureTask<>(
                () -> new Sent(Attempt.of(message), Thread.currentThread().isInterrupted()));
        Thread virtual = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        dot.awaitArrived(1);
        virtual.interrupt();
        dot.release();
        Sent sent = task.get(20, TimeUnit.SECONDS);
        assertThat(sent.attempt().thrown()).isEmpty();
        assertThat(sent.interrupted()).isTrue();
        sent.attempt().agreesWith(server, 1);
    }

    @Test
    void a_thread_that_is_interrupted_already_sends_as_it_does_with_angus() throws Exception {
        Session session = TestSessions.session(server);
        MimeMessage message = Messages.to(session, "a@example.com");
        Sent sent = callers.start(() -> {
                    Thread.currentThread().interrupt();
                    return new Sent(Attempt.of(message), Thread.currentThread().isInterrupted());
                })
                .get();
        assertThat(sent.attempt().thrown()).isEmpty();
        assertThat(sent.interrupted()).isTrue();
    }
}
