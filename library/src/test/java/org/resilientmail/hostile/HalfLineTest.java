package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** A reply cut off by the end of the stream. */
@Timeout(60)
class HalfLineTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    @Test
    void half_a_line_after_the_dot_is_no_reply() throws Exception {
        server.on(Step.END_OF_DATA).fault(Fault.HALF_LINE);
        Attempt attempt = Attempt.of(Messages.to(TestSessions.session(server), "a@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.failure()).isInstanceOf(DeliveryUncertain.class);
    }
}
