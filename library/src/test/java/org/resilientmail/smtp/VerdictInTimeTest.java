package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.config.Chunking;
import org.resilientmail.reply.NoReply;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** The reply to the final dot may come slowly, but not for ever. */
@Timeout(60)
class VerdictInTimeTest {

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().extensions("PIPELINING", "CHUNKING").start();
    private final Session session = TestSessions.session(server);

    @AfterEach
    void close() {
        server.close();
    }

    private TransferResult transfer(Optional<Duration> wholeVerdict) throws Exception {
        return transfer(new RecordingTransport(session, "smtp", false, wholeVerdict), Flight.none());
    }

    private TransferResult transfer(RecordingTransport angus, Flight flight) throws Exception {
        URLName url = new URLName("smtp", server.host(), server.port(), null, null, null);
        ConnectSpec spec = new ConnectSpec(
                session,
                "smtp",
                server.host(),
                server.port(),
                null,
                null,
                LoginSettings.of(new SMTPTransport(session, url), null));
        Deadline opening = Deadline.in(Duration.ofMinutes(1), why -> {});
        angus.open(spec, opening);
        opening.close();
        MimeMessage message = Messages.to(session, "a@example.com");
        if (angus instanceof FlyingTransport flying) {
            flying.prepare(flight, FrozenMessage.of(message, false), 1 << 20);
        }
        angus.conversation().restart();
        Optional<jakarta.mail.MessagingException> thrown = Optional.empty();
        try {
            angus.sendMessage(message, message.getAllRecipients());
        } catch (jakarta.mail.MessagingException e) {
            thrown = Optional.of(e);
        }
        TransferResult result = new TransferReader(angus, flight, thrown).read(1);
        angus.abort();
        return result;
    }

    @Test
    void one_that_drips_without_end_leaves_a_doubt_when_its_time_is_over() throws Exception {
        String endless = "250-2.0.0 Wait\n".repeat(10_000) + "250 2.0.0 Ok";
        server.on(Step.END_OF_DATA).fault(Fault.SLOW_DRIP, endless, Duration.ofMillis(5));
        TransferResult result = transfer(Optional.of(Duration.ofMillis(300)));
        assertThat(result.end()).isEqualTo(TransferResult.End.UNCERTAIN);
        assertThat(result.missing()).contains(NoReply.TIMEOUT);
        assertThat(result.sessionInOrder()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MAIL", "RCPT", "END_OF_DATA"})
    void a_reply_to_one_flight_that_drips_without_end_leaves_a_doubt_too(Step step) throws Exception {
        String endless = "250-2.0.0 Wait\n".repeat(200) + "250 2.0.0 Ok";
        server.on(step).fault(Fault.SLOW_DRIP, endless, Duration.ofMillis(5));
        Flight flight =
                Flight.of(true, Chunking.ONE_FLIGHT, 500, List.of(new InternetAddress("a@example.com")), null, false);
        TransferResult result = transfer(
                new FlyingTransport(
                        TestSessions.of(server).smtp("chunksize", "1").session(),
                        "smtp",
                        false,
                        Optional.of(Duration.ofMillis(300))),
                flight);
        assertThat(result.end()).isEqualTo(TransferResult.End.UNCERTAIN);
        assertThat(result.missing()).contains(NoReply.TIMEOUT);
        assertThat(result.sessionInOrder()).isFalse();
    }

    @Test
    void one_that_drips_to_its_end_in_time_counts_and_the_session_goes_on() throws Exception {
        server.on(Step.END_OF_DATA).slowDrip(Duration.ofMillis(5));
        TransferResult result = transfer(Optional.of(Duration.ofSeconds(50)));
        assertThat(result.end()).isEqualTo(TransferResult.End.ACCEPTED);
        assertThat(result.sessionInOrder()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1,600000", "1500,600000", "900000,900000"})
    void it_has_ten_minutes_or_as_long_as_the_application_lets_one_byte_take(int timeout, long millis) {
        assertThat(wholeVerdict(timeout)).contains(Duration.ofMillis(millis));
    }

    @Test
    void an_application_that_waits_for_ever_does_so() {
        assertThat(wholeVerdict(0)).isEmpty();
    }

    @Test
    void a_goodbye_at_the_end_of_a_call_fits_into_the_second_by_which_a_deadline_may_be_missed() {
        assertThat(TimeOuts.QUIT_MILLIS).isLessThan(1000);
    }

    private static Optional<Duration> wholeVerdict(int timeout) {
        Properties application = new Properties();
        application.setProperty("mail.smtp.timeout", Integer.toString(timeout));
        return TimeOuts.wholeVerdict(application, "smtp");
    }
}
