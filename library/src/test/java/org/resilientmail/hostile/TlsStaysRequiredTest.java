package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.failure.TlsRequired;
import org.resilientmail.testkit.Encounter;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.RuleBuilder;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.SessionRecord;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;
import org.resilientmail.testkit.TranscriptLine;

/** An application that requires TLS has it on every connection, whatever the server, or somebody before it, says later. */
@Timeout(120)
class TlsStaysRequiredTest {

    /** What the second and every later connection meets. */
    private enum Trick {
        NOT_OFFERED(Step.EHLO, rule -> rule.reply("250-mx.example.com\n250-8BITMIME\n250 AUTH PLAIN LOGIN")),
        OFFERED_BY_ANOTHER_NAME(
                Step.EHLO, rule -> rule.reply("250-mx.example.com\n250-XXXXXXXA\n250 AUTH PLAIN LOGIN")),
        HELO_ONLY(Step.EHLO, rule -> rule.matching(e -> e.occurrence() % 2 == 0).reply("502 5.5.1 What?")),
        TEMPORARILY_NOT(Step.STARTTLS, rule -> rule.reply("454 4.7.0 TLS not available due to temporary reason")),
        UNKNOWN(Step.STARTTLS, rule -> rule.reply("500 5.5.1 Command unrecognized")),
        ANOTHER_POSITIVE(Step.STARTTLS, rule -> rule.reply("250 2.0.0 Ok, and now?")),
        INJECTED(
                Step.STARTTLS,
                rule -> rule.fault(
                        Fault.TWO_REPLIES,
                        "250-mx.example.com\n250 AUTH PLAIN\n235 2.7.0 Ok\n250 2.1.0 Ok\n250 2.1.5 Ok")),
        CLOSED(Step.STARTTLS, RuleBuilder::close);

        private final Step step;
        private final Consumer<RuleBuilder> rule;

        Trick(Step step, Consumer<RuleBuilder> rule) {
            this.step = step;
            this.rule = rule;
        }

        void play(ScriptedSmtpServer server) {
            rule.accept(server.on(step).matching(Trick::isLater).always());
        }

        private static boolean isLater(Encounter encounter) {
            return encounter.session() > 1;
        }
    }

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().startTls().user("user", "secret").start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server)
                .as("user", "secret")
                .startTls()
                .smtp("timeout", "2000")
                .set("mail.resilient.retry.max-attempts", "3")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .set("mail.resilient.retry.max-wait", "5ms");
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    void after_a_rotation(Trick trick) throws Exception {
        assertRefused(
                trick,
                sessions().set("mail.resilient.session.max-messages", "1").session(),
                (s, t) -> {});
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    void in_the_retry_after_a_reset(Trick trick) throws Exception {
        assertRefused(trick, sessions().session(), (s, t) -> s.on(Step.DATA).reset());
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    void after_an_idle_session_was_hung_up(Trick trick) throws Exception {
        assertRefused(trick, sessions().session(), (s, t) -> {
            s.hangUp("421 4.3.2 Shutting down");
            s.account().awaitOpenSessions(0);
        });
    }

    private void assertRefused(Trick trick, Session session, BiConsumer<ScriptedSmtpServer, Trick> between)
            throws Exception {
        Transport.send(Messages.to(session, "a@example.com"));
        trick.play(server);
        between.accept(server, trick);
        Attempt attempt = Attempt.of(Messages.to(session, "b@example.com"));
        attempt.agreesWith(server, 1);
        if (trick != Trick.INJECTED) { // there, what was written too early is forgotten with the handshake
            assertThat(attempt.told("b@example.com")).isEqualTo(RecipientState.UNSENT);
            assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com");
        }
        if (trick == Trick.NOT_OFFERED) {
            assertThat(attempt.thrown().orElseThrow()).isInstanceOf(TlsRequired.class);
        }
        server.account().sessions().forEach(TlsStaysRequiredTest::assertNothingSaidInPlainText);
    }

    /** Nothing but what leads to TLS, or away, before there is TLS. */
    private static void assertNothingSaidInPlainText(SessionRecord session) {
        for (TranscriptLine line : session.transcript()) {
            if (line.from() == TranscriptLine.Source.REMARK && line.text().equals("TLS")) {
                return;
            }
            if (line.from() == TranscriptLine.Source.CLIENT) {
                assertThat(line.text())
                        .as(session.toString())
                        .matches("(EHLO|HELO) client\\.example\\.com|STARTTLS|QUIT");
            }
        }
    }
}
