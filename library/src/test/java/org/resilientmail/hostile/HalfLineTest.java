package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** A reply cut off by the end of the stream: within TLS in order, by close_notify, as it is outside of it by FIN. */
@Timeout(60)
class HalfLineTest {

    private ScriptedSmtpServer server;

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void half_a_line_after_the_dot_is_no_reply(Way way) throws Exception {
        server = way.server();
        server.on(Step.END_OF_DATA).fault(Fault.HALF_LINE);
        Attempt attempt = Attempt.of(Messages.to(way.sessions(server).session(), "a@example.com"));
        attempt.agreesWith(server, 1);
        assertThat(attempt.failure()).isInstanceOf(DeliveryUncertain.class);
    }
}
