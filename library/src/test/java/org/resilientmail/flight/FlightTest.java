package org.resilientmail.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerAccount;
import org.resilientmail.testkit.SessionRecord;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** What leaves together (RFC 2920), what goes by BDAT (RFC 3030), and what a message costs in round trips. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlightTest {

    private static final String[] ALL = {"PIPELINING", "CHUNKING", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES"};

    @AfterEach
    void closeAll() {
        ResilientMail.closeAll();
    }

    private static ScriptedSmtpServer server(String... extensions) {
        return ScriptedSmtpServer.builder().extensions(extensions).start();
    }

    private static String[] recipients(int count) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i + "@example.com").toArray(String[]::new);
    }

    private static List<String> commands(ServerAccount account, int session) {
        return account.session(session).commands();
    }

    /** All round trips of a session with so many messages to so many recipients each. */
    private static int roundTrips(int messages, int recipients, String announced, TestSessionsSetting setting)
            throws Exception {
        try (ScriptedSmtpServer server = server(announced.isEmpty() ? new String[0] : announced.split("\\+"))) {
            Session session = setting.apply(TestSessions.of(server)).session();
            for (int i = 0; i < messages; i++) {
                Transport.send(Messages.to(session, recipients(recipients)));
            }
            ResilientMail.closeAll();
            server.account().awaitOpenSockets(0);
            assertThat(server.account().sessions()).hasSize(1);
            assertThat(server.account().duplicates()).isEmpty();
            assertThat(server.account().accepted()).hasSize(messages);
            assertThat(server.account().count("NOOP")).isZero();
            assertThat(server.account().count("RSET")).isZero();
            assertThat(server.account().count("EHLO")).isEqualTo(1);
            return server.account().roundTrips();
        }
    }

    private interface TestSessionsSetting {
        TestSessions apply(TestSessions sessions);
    }

    @ParameterizedTest
    @CsvSource({
        // announced, chunking, recipients, sendpartial, round trips for one message
        "PIPELINING+CHUNKING, strict, 1, false, 2",
        "PIPELINING+CHUNKING, strict, 3, true, 2",
        "PIPELINING+CHUNKING, strict, 3, false, 2",
        "PIPELINING+CHUNKING, one-flight, 1, false, 1",
        "PIPELINING+CHUNKING, one-flight, 3, true, 1",
        "PIPELINING+CHUNKING, one-flight, 3, false, 2",
        "PIPELINING+CHUNKING, off, 1, false, 2",
        "PIPELINING, strict, 1, false, 2",
        "PIPELINING, strict, 3, true, 2",
        "PIPELINING, strict, 3, false, 3",
        "PIPELINING, one-flight, 1, false, 2",
        "CHUNKING, strict, 1, false, 3",
        "CHUNKING, one-flight, 1, false, 3",
        "'', strict, 1, false, 4",
        "'', one-flight, 3, true, 6",
    })
    void a_message_costs_exactly_so_many_round_trips(
            String announced, String chunking, int recipients, boolean partial, int each) throws Exception {
        TestSessionsSetting setting = sessions ->
                sessions.smtp("sendpartial", Boolean.toString(partial)).set("mail.resilient.chunking", chunking);
        int one = roundTrips(1, recipients, announced, setting);
        int eleven = roundTrips(11, recipients, announced, setting);
        assertThat(eleven - one).isEqualTo(10 * each);
    }

    @Test
    void pipelining_can_be_switched_off() throws Exception {
        TestSessionsSetting setting =
                sessions -> sessions.set("mail.resilient.pipelining", "false").set("mail.resilient.chunking", "off");
        assertThat(roundTrips(11, 1, "PIPELINING+CHUNKING", setting) - roundTrips(1, 1, "PIPELINING+CHUNKING", setting))
                .isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "one-flight", "off"})
    void lines_that_begin_with_dots_and_a_missing_line_end_arrive_as_they_are(String chunking) throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            Session session = TestSessions.of(server)
                    .set("mail.resilient.chunking", chunking)
                    .session();
            Transport.send(Messages.withDots(session));
            MimeMessage open = Messages.withText(session, ".first\r\n.last, and no line end");
            Transport.send(open);
            List<String> texts =
                    server.account().accepted().stream().map(one -> one.text()).toList();
            assertThat(texts.get(0)).endsWith("\r\n\r\n.\r\n..\r\n.one dot\r\n..two dots\r\nno dot.\r\n.\r\n");
            assertThat(texts.get(1)).endsWith("\r\n\r\n.first\r\n.last, and no line end\r\n");
            assertThat(server.account().count("BDAT")).isEqualTo(chunking.equals("off") ? 0 : 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEVER", "SUCCESS,DELAY"})
    void options_of_the_recipients_leave_with_them(String notify) throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            Session session = TestSessions.of(server).smtp("dsn.notify", notify).session();
            Transport.send(Messages.to(session, recipients(2)));
            assertThat(commands(server.account(), 1))
                    .contains("RCPT TO:<r0@example.com> NOTIFY=" + notify, "RCPT TO:<r1@example.com> NOTIFY=" + notify);
            assertThat(server.account().sessions()).hasSize(1);
        }
    }

    @Test
    void more_recipients_than_a_flight_takes_travel_in_several() throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            Session session = TestSessions.of(server)
                    .set("mail.resilient.message.max-recipients", "200")
                    .session();
            Transport.send(Messages.to(session, recipients(120)));
            ResilientMail.closeAll();
            server.account().awaitOpenSockets(0);
            // waits for EHLO, MAIL with 50, 50, 20, BDAT, QUIT
            assertThat(server.account().roundTrips()).isEqualTo(6);
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().copiesPerRecipient())
                    .hasSize(120)
                    .allSatisfy((r, copies) -> assertThat(copies).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"2000, 3", "262144, 4"}) // waits for EHLO, MAIL, perhaps for BDAT, for QUIT
    void what_is_large_does_not_leave_before_somebody_wants_it(int octets, int roundTrips) throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            Session session = TestSessions.of(server)
                    .set("mail.resilient.chunking", "one-flight")
                    .session();
            Transport.send(Messages.ofSize(session, octets));
            ResilientMail.closeAll();
            server.account().awaitOpenSockets(0);
            assertThat(server.account().roundTrips()).isEqualTo(roundTrips);
            assertThat(server.account().accepted()).hasSize(1);
        }
    }

    @Test
    void a_large_message_goes_in_one_chunk_or_in_those_that_were_asked_for() throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            MimeMessage large = Messages.ofSize(TestSessions.session(server), 3_000_000);
            Transport.send(large);
            Session asking =
                    TestSessions.of(server).smtp("chunksize", "1000000").session();
            Transport.send(Messages.ofSize(asking, 3_000_000));
            assertThat(commands(server.account(), 1).stream().filter(c -> c.startsWith("BDAT ")))
                    .satisfiesExactly(
                            whole -> assertThat(whole).endsWith(" LAST"),
                            part -> assertThat(part).isEqualTo("BDAT 1000000"),
                            part -> assertThat(part).isEqualTo("BDAT 1000000"),
                            part -> assertThat(part).isEqualTo("BDAT 1000000"),
                            rest -> assertThat(rest).endsWith(" LAST"));
            assertThat(server.account().accepted()).hasSize(2);
        }
    }

    @Test
    void of_several_that_all_must_be_accepted_one_is_refused_and_nothing_leaves() throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            server.on(Step.RCPT).to("r1@example.com").always().reply("550 5.1.1 User unknown");
            Session session = TestSessions.session(server);
            assertThatThrownBy(() -> Transport.send(Messages.to(session, recipients(3))))
                    .isInstanceOf(MailFailure.class);
            Transport.send(Messages.to(session, "other@example.com"));
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("other@example.com");
            assertThat(server.account().sessions()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "strict", "one-flight"})
    void where_nobody_is_accepted_nothing_is_delivered_and_the_session_serves_on(String chunking) throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
            Session session = TestSessions.of(server)
                    .set("mail.resilient.chunking", chunking)
                    .session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "nobody@example.com")))
                    .isInstanceOfSatisfying(
                            MailFailure.class,
                            failure -> assertThat(failure.recipients())
                                    .singleElement()
                                    .satisfies(outcome ->
                                            assertThat(outcome.state()).isEqualTo(RecipientState.REJECTED)));
            Transport.send(Messages.to(session, "somebody@example.com"));
            assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("somebody@example.com");
            assertThat(server.account().sessions()).hasSize(1);
        }
    }

    @Test
    void a_relay_that_wants_data_though_it_refused_everybody_gets_an_end_and_no_message() throws Exception {
        try (ScriptedSmtpServer server = server("PIPELINING")) {
            server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
            server.on(Step.DATA).message(1).times(1).reply("354 Go on");
            Session session = TestSessions.of(server)
                    .set("mail.resilient.pipelining.pause", "1ms") // the next test may have the same port
                    .session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "nobody@example.com")))
                    .isInstanceOf(MailFailure.class);
            Transport.send(Messages.to(session, "somebody@example.com"));
            assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("somebody@example.com");
        }
    }

    @Test
    void a_relay_that_announces_chunks_and_knows_none_gets_data_on_the_same_session() throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            server.on(Step.END_OF_DATA).session(1).message(1).times(1).reply("502 5.5.1 Command not implemented");
            Session session = TestSessions.of(server)
                    .set("mail.resilient.pipelining.pause", "1ms") // the next test may have the same port
                    .session();
            Transport.send(Messages.to(session, "a@example.com"));
            Transport.send(Messages.to(session, "b@example.com"));
            assertThat(server.account().sessions()).hasSize(1);
            assertThat(server.account().count("BDAT")).isEqualTo(1);
            assertThat(server.account().count("DATA")).isEqualTo(2);
            assertThat(server.account().duplicates()).isEmpty();
            assertThat(server.account().accepted()).hasSize(2);
        }
    }

    @Test
    void a_relay_that_loses_a_flight_is_spoken_to_plainly_from_then_on() throws Exception {
        try (ScriptedSmtpServer server = server(ALL)) {
            server.on(Step.RCPT).session(1).times(1).close();
            Session session = TestSessions.of(server)
                    .set("mail.resilient.retry.initial-wait", "1ms")
                    .set("mail.resilient.pipelining.pause", "30s")
                    .session();
            Transport.send(Messages.to(session, "a@example.com"));
            Transport.send(Messages.to(session, "b@example.com"));
            ResilientMail.closeAll();
            server.account().awaitOpenSockets(0);
            assertThat(server.account().duplicates()).isEmpty();
            assertThat(server.account().accepted()).hasSize(2);
            assertThat(server.account().count("BDAT")).isZero();
            SessionRecord second = server.account().session(2);
            // waits for EHLO, twice for MAIL, RCPT, DATA and message, for QUIT
            assertThat(second.roundTrips()).isEqualTo(1 + 8 + 1);
        }
    }

    @Test
    void a_reply_too_many_is_found_out_before_data() throws Exception {
        try (ScriptedSmtpServer server = server("PIPELINING")) {
            server.on(Step.MAIL).session(1).times(1).reply("250 2.1.0 Ok\r\n250 2.1.0 Ok");
            Session session = TestSessions.of(server)
                    .set("mail.resilient.retry.initial-wait", "1ms")
                    .set("mail.resilient.pipelining.pause", "1ms")
                    .session();
            Transport.send(Messages.to(session, "a@example.com"));
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().duplicates()).isEmpty();
            assertThat(server.account().sessions()).hasSize(2);
        }
    }
}
