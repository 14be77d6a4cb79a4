package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** Mistakes in what is configured, seen by an application that just sends: refused before anybody is called. */
class UnusableConfigurationTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private void assertRefused(TestSessions sessions, String... words) throws Exception {
        Session session = sessions.session();
        assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll(words);
        UntouchedServer.sawNobody(server);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session.max-opne       | 3             | did you mean mail.resilient.session.max-open?",
                "retry.deadline         | soon          | a duration such as 500ms, 30s, 5m, 2h, 1d or PT5M",
                "retry.deadline         | 30            | has no unit: add one, such as 30s or 30ms",
                "session.max-idle       | 0s            | is shorter than 1ms",
                "rate.messages          | 20 per second | N/PERIOD, several separated by commas, such as 20/1s, 2000/1h",
                "rate.recipients        | 0/1s          | \"0/1s\" is less than 1; allowed: N/PERIOD",
                "message.max-recipients | 0             | is less than 1; allowed: a whole number from 1",
                "session.max-open       | -4            | is less than 1; allowed: a whole number from 1",
                "session.max-messages   | many          | allowed: a whole number from 1",
                "retry.uncertain        | perhaps       | fail or resend",
                "enabled                | maybe         | true or false",
                "profile                | no-such       | sendgrid"
            })
    void a_bad_value_is_refused_with_what_is_allowed(String key, String value, String allowed) throws Exception {
        assertRefused(
                TestSessions.of(server).set("mail.resilient." + key, value),
                "mail.resilient." + key,
                key.equals("session.max-opne") ? "not a known key" : value,
                "Session property",
                allowed);
    }

    @Test
    void every_mistake_is_named_at_once() throws Exception {
        assertRefused(
                TestSessions.of(server)
                        .set("mail.resilient.session.max-open", "0")
                        .set("mail.resilient.retry.jitter", "2"),
                "mail.resilient.session.max-open=0",
                "mail.resilient.retry.jitter=2");
    }

    @Test
    void a_configuration_file_that_is_not_there_is_named() throws Exception {
        Path missing = directory.resolve("mail.properties");
        assertRefused(
                TestSessions.of(server).set("mail.resilient.config", missing.toString()),
                "mail.resilient.config=" + missing,
                "readable file");
    }

    @Test
    void a_mistake_in_a_configuration_file_is_found_by_its_line() throws Exception {
        Path file = directory.resolve("mail.properties");
        Files.writeString(file, "# limits\nmail.resilient.session.max-open=none at all\n");
        assertRefused(
                TestSessions.of(server).set("mail.resilient.config", file.toString()),
                "mail.resilient.session.max-open=none at all",
                file.toString(),
                "allowed: a whole number from 1");
    }

    @Test
    void a_rule_with_an_unknown_kind_is_found_by_file_line_and_value() throws Exception {
        Path rules = directory.resolve("replies.txt");
        Files.writeString(
                rules,
                "# our relay\nours-1 | RCPT | 550 | * | \"no such\" | MAILBOX_GONE | - | our own | 550 no such user\n");
        assertRefused(
                TestSessions.of(server).set("mail.resilient.replies", rules.toString()),
                rules.getFileName().toString(),
                "line 2",
                "MAILBOX_GONE",
                "recipient-rejected");
    }

    @Test
    void a_rule_file_that_is_not_there_is_named() throws Exception {
        Path missing = directory.resolve("replies.txt");
        assertRefused(TestSessions.of(server).set("mail.resilient.replies", missing.toString()), missing.toString());
    }

    @Test
    void the_switch_works_however_bad_the_rest_is() throws Exception {
        Session session = TestSessions.of(server)
                .set("mail.resilient.enabled", "false")
                .set("mail.resilient.session.max-open", "0")
                .session();
        Transport.send(Messages.to(session, "a@example.com"));
        assertThat(server.account().accepted()).hasSize(1);
    }
}
