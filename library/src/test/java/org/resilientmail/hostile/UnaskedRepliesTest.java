package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Replies that lay there before their command was sent, in plain text and within TLS. */
@Timeout(60)
@ParameterizedClass
@ValueSource(booleans = {false, true})
class UnaskedRepliesTest {

    private final boolean tls;
    private final ScriptedSmtpServer server;

    UnaskedRepliesTest(boolean tls) {
        this.tls = tls;
        server = tls ? ScriptedSmtpServer.builder().startTls().start() : ScriptedSmtpServer.start();
    }

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        TestSessions sessions = TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
        return tls ? sessions.startTls() : sessions;
    }

    @Test
    void a_reply_that_lay_there_before_the_dot_was_sent_is_not_the_verdict_on_the_message() throws Exception {
        server.on(Step.DATA).fault(Fault.TWO_REPLIES, "250 2.0.0 Ok");
        server.on(Step.END_OF_DATA).reply("554 5.7.1 Message refused");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
    }

    @Test
    void a_refusal_that_lay_there_before_the_dot_was_sent_does_not_make_callers_send_again() throws Exception {
        server.on(Step.DATA).fault(Fault.TWO_REPLIES, "550 5.0.0 Extra");
        Attempt attempt = Attempt.of(Messages.to(sessions().session(), "a@example.com"));
        attempt.agreesWith(server, 1);
    }

    @Test
    void a_session_with_a_reply_too_many_does_not_refuse_the_next_message() throws Exception {
        Session session = sessions().session();
        server.on(Step.END_OF_DATA).fault(Fault.TWO_REPLIES, "550 5.0.0 Extra");
        Attempt.of(Messages.to(session, "a@example.com")).agreesWith(server, 1);
        Attempt innocent = Attempt.of(Messages.to(session, "b@example.com"));
        assertThat(innocent.thrown()).isEmpty();
    }
}
