package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Switched off, by whatever means, the transport is Angus' unchanged, whatever else the configuration says. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SwitchedOffTest {

    private static final String ENABLED = "mail.resilient.enabled";
    private static final String CONFIG = "mail.resilient.config";

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @BeforeEach
    @AfterEach
    void clear() {
        System.clearProperty(ENABLED);
        System.clearProperty(CONFIG);
    }

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    /** Angus opens and ends a connection for each message, tries nothing again and throws its own type. */
    private void behavesAsAngus(TestSessions sessions) throws Exception {
        Session session = sessions.session();
        Transport.send(Messages.to(session, "a@example.com"));
        Transport.send(Messages.to(session, "a@example.com"));
        server.account().awaitOpenSockets(0);
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
        server.on(Step.RCPT).reply("450 4.2.1 Try again later");
        assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                .isExactlyInstanceOf(SendFailedException.class)
                .hasMessage("Invalid Addresses");
        assertThat(server.account().opened()).isEqualTo(3);
    }

    private Path file(Path directory, String text) throws Exception {
        return Files.writeString(directory.resolve("resilient-mail.properties"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", " false "})
    void by_a_session_property(String value) throws Exception {
        behavesAsAngus(TestSessions.of(server).set(ENABLED, value));
    }

    @Test
    void by_a_session_property_that_is_a_boolean() throws Exception {
        behavesAsAngus(TestSessions.of(server).set(ENABLED, Boolean.FALSE));
    }

    @Test
    void by_a_session_property_while_everything_else_is_broken() throws Exception {
        System.setProperty(CONFIG, "/no/such/file.properties");
        behavesAsAngus(TestSessions.of(server)
                .set(ENABLED, "false")
                .set("mail.resilient.session.max-open", "minus one")
                .set("mail.resilient.nonsense", "x"));
    }

    @Test
    void by_a_system_property() throws Exception {
        System.setProperty(ENABLED, "false");
        behavesAsAngus(TestSessions.of(server).set("mail.resilient.retry.max-attempts", "none"));
    }

    @Test
    void by_the_file(@TempDir Path directory) throws Exception {
        System.setProperty(CONFIG, file(directory, ENABLED + "=false\n").toString());
        behavesAsAngus(TestSessions.of(server));
    }

    @Test
    void by_a_file_that_is_broken_otherwise(@TempDir Path directory) throws Exception {
        System.setProperty(
                CONFIG,
                file(directory, ENABLED + "=false\nmail.resilient.session.max-open=many\nmail.resilient.wrong=1\n")
                        .toString());
        behavesAsAngus(TestSessions.of(server));
    }

    @Test
    void a_session_that_is_switched_on_overrules_the_system() throws Exception {
        System.setProperty(ENABLED, "false");
        Session session = TestSessions.of(server).set(ENABLED, "true").session();
        Transport.send(Messages.to(session, "a@example.com"));
        Transport.send(Messages.to(session, "a@example.com"));
        assertThat(server.account().opened()).isEqualTo(1);
    }

    @Test
    void a_broken_configuration_that_is_switched_on_is_one_clear_error_before_anything_is_sent() {
        Session session = TestSessions.of(server)
                .set("mail.resilient.session.max-open", "many")
                .session();
        assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                .isInstanceOf(MessagingException.class)
                .isNotInstanceOf(MailFailure.class)
                .hasMessageContaining("mail.resilient.session.max-open")
                .hasMessageContaining("many");
        assertThat(server.account().opened()).isZero();
    }
}
