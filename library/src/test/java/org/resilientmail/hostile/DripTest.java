package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** A relay that drips a byte a second, or says nothing at all, on every way to it. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class DripTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private final Way way;
    private final ScriptedSmtpServer server;

    DripTest(Way way) {
        this.way = way;
        this.server = leaks.closeAfterwards(way.server());
    }

    private Attempt untilTheDeadline() throws Exception {
        return Timed.untilTheDeadline(server, way.sessions(server));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void a_reply_that_drips_ends_at_the_deadline(Step step) throws Exception {
        server.on(step).always().slowDrip(Duration.ofSeconds(1));
        assertThat(untilTheDeadline().thrown()).isPresent();
        assertThat(server.account().accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void a_silence_ends_at_the_deadline(Step step) throws Exception {
        server.on(step).always().fault(Fault.SILENCE);
        assertThat(untilTheDeadline().thrown()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "HALF_LINE_THEN_SILENCE"})
    void the_verdict_is_waited_for_as_long_as_the_application_said(Fault fault) throws Exception {
        server.on(Step.END_OF_DATA).fault(fault);
        var session = way.sessions(server).smtp("timeout", "1500").session();
        Attempt attempt = Timed.within(
                Duration.ofMillis(1500),
                Duration.ofMillis(3000),
                () -> Attempt.of(Messages.to(session, "a@example.com")));
        attempt.agreesWith(server, 1);
        assertThat(attempt.failure()).isInstanceOf(DeliveryUncertain.class);
        ResilientMail.closeAll();
    }
}
