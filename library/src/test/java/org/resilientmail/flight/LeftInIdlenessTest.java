package org.resilientmail.flight;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.LeakCheck;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestSessions;

/** A relay ends a session that stands idle: everyday practice, of which the sender is to notice nothing. */
@Timeout(60)
class LeftInIdlenessTest {

    @RegisterExtension
    final LeakCheck leaks = LeakCheck.ofThreads("resilient-mail");

    private ScriptedSmtpServer server;

    @AfterEach
    void closeAll() {
        ResilientMail.closeAll();
    }

    private TestSessions serve(String security, String chunking) {
        ServerBuilder builder = ScriptedSmtpServer.builder().extensions("PIPELINING", "CHUNKING");
        server = leaks.closeAfterwards((security.equals("tls") ? builder.startTls() : builder).start());
        TestSessions sessions = TestSessions.of(server).set("mail.resilient.chunking", chunking);
        return security.equals("tls") ? sessions.startTls() : sessions;
    }

    private void leave(String word) {
        server.hangUp(word.equals("nothing") ? "" : word);
        server.account().awaitOpenSessions(0);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, one-flight, nothing",
        "plain, one-flight, 421 4.4.2 Idle for too long",
        "plain, strict, nothing",
        "plain, off, nothing",
        "tls, one-flight, nothing",
        "tls, one-flight, 421 4.4.2 Idle for too long",
    })
    void before_its_first_message(String security, String chunking, String word) throws Exception {
        Session session = serve(security, chunking).session();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            leave(word);
            MimeMessage message = Messages.to(session, "a@example.com");
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        }
        assertThat(server.account().accepted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, one-flight, nothing",
        "plain, one-flight, 421 4.4.2 Idle for too long",
        "plain, strict, nothing",
        "plain, off, nothing",
        "tls, one-flight, nothing",
        "tls, strict, nothing",
    })
    void after_a_message_and_the_next_ones_travel_as_fast_as_before(String security, String chunking, String word)
            throws Exception {
        Session session = serve(security, chunking).session();
        Transport.send(Messages.to(session, "a@example.com"));
        leave(word);
        Transport.send(Messages.to(session, "b@example.com"));
        Transport.send(Messages.to(session, "c@example.com"));
        ResilientMail.closeAll();
        server.account().awaitOpenSockets(0);
        assertThat(server.account().copiesPerRecipient().values()).containsExactly(1, 1, 1);
        int opening = security.equals("tls") ? 3 : 1;
        int each = chunking.equals("one-flight") ? 1 : 2;
        assertThat(server.account().session(2).roundTrips())
                .as(server.account().transcript())
                .isEqualTo(opening + 2 * each + 1);
    }
}
