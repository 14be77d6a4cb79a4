package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.NewsAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** {@code Transport.send} and the loops that applications write around its exceptions. */
class TransportSendTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    /** The loop of Jakarta Mail's own documentation: walk the chain and collect what each address failed with. */
    private static List<String> failedAddresses(MessagingException thrown) {
        List<String> failed = new ArrayList<>();
        for (Exception e = thrown; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            if (e instanceof SMTPAddressFailedException address) {
                failed.add(address.getAddress() + " " + address.getReturnCode());
            }
        }
        return failed;
    }

    @Test
    void the_loop_over_the_chain_finds_every_failed_address_once() throws Exception {
        server.on(Step.RCPT).to("a@example.com").always().reply("550 5.1.1 User unknown");
        server.on(Step.RCPT).to("c@example.com").always().reply("553 5.1.3 Bad address");
        for (TestSessions sessions : List.of(
                TestSessions.of(server).plainAngus(),
                TestSessions.of(server),
                TestSessions.of(server).set("mail.resilient.message.max-recipients", "1"))) {
            Session session = sessions.smtp("sendpartial", "true").session();
            SendFailedException thrown = catchThrowableOfType(
                    SendFailedException.class,
                    () -> Transport.send(Messages.to(session, "a@example.com", "b@example.com", "c@example.com")));
            assertThat(failedAddresses(thrown)).containsExactly("a@example.com 550", "c@example.com 553");
            assertThat(Arrays.toString(thrown.getValidSentAddresses())).isEqualTo("[b@example.com]");
            assertThat(Arrays.toString(thrown.getInvalidAddresses())).isEqualTo("[a@example.com, c@example.com]");
        }
    }

    @Test
    void sending_again_to_the_valid_unsent_reaches_everybody_once() throws Exception {
        server.on(Step.RCPT).to("b@example.com").reply("550 5.1.1 User unknown");
        Session session = TestSessions.session(server);
        MimeMessage message = Messages.to(session, "a@example.com", "b@example.com", "c@example.com");
        SendFailedException thrown = catchThrowableOfType(SendFailedException.class, () -> Transport.send(message));
        Transport.send(message, thrown.getValidUnsentAddresses());
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com", "c@example.com");
        assertThat(server.account().duplicates()).isEmpty();
    }

    @Test
    void recipients_of_two_protocols_fail_together_as_with_angus() throws Exception {
        List<String> both = new ArrayList<>();
        for (TestSessions sessions : List.of(TestSessions.of(server).plainAngus(), TestSessions.of(server))) {
            Session session =
                    sessions.set("mail.transport.protocol.news", "smtp").session();
            MimeMessage message = Messages.to(session, "a@example.com");
            message.setRecipient(MimeMessage.RecipientType.NEWSGROUPS, new NewsAddress("comp.mail.misc"));
            SendFailedException thrown = catchThrowableOfType(SendFailedException.class, () -> Transport.send(message));
            both.add(Arrays.toString(thrown.getValidSentAddresses())
                    + Arrays.toString(thrown.getValidUnsentAddresses())
                    + Arrays.toString(thrown.getInvalidAddresses()));
        }
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void a_session_on_the_system_properties_works() throws Exception {
        Properties wanted = TestSessions.of(server).properties();
        Properties before = (Properties) System.getProperties().clone();
        try {
            wanted.forEach((name, value) -> System.getProperties().put(name, value));
            System.setProperty("mail.resilient.session.max-messages", "1");
            Session session = Session.getInstance(System.getProperties());
            Transport.send(Messages.to(session, "a@example.com"));
            Transport.send(Messages.to(session, "a@example.com"));
        } finally {
            System.setProperties(before);
        }
        ResilientMail.closeAll();
        assertThat(server.account().messagesPerSession()).containsExactly(1, 1);
    }

    @Test
    void the_message_keeps_its_id_and_its_headers_are_those_angus_would_leave() throws Exception {
        List<String> names = new ArrayList<>();
        for (TestSessions sessions : List.of(TestSessions.of(server).plainAngus(), TestSessions.of(server))) {
            MimeMessage message = Messages.to(sessions.session(), "a@example.com");
            message.setRecipients(Message.RecipientType.BCC, "hidden@example.com");
            Transport.send(message);
            names.add(java.util.Collections.list(message.getAllHeaders()).stream()
                    .map(header -> header.getName())
                    .toList()
                    .toString());
            assertThat(server.account().accepted().get(names.size() - 1).header("Message-ID"))
                    .contains(message.getMessageID());
        }
        assertThat(names.get(1)).isEqualTo(names.get(0)).contains("Bcc");
    }
}
