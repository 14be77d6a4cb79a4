package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.NewsAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MessageRejected;
import org.resilientmail.failure.RateLimited;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** Messages and recipients that cannot be sent, seen by an application: a clear error, and nothing half-sent. */
class BadInputTest {

    private ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private Session session() {
        return TestSessions.session(server);
    }

    /** What sending throws; the same object has to send a good message afterwards, over the session it had. */
    private MessagingException refusal(Message message, Address... recipients) throws MessagingException {
        Session session = session();
        MessagingException thrown;
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            thrown = catchThrowableOfType(MessagingException.class, () -> transport.sendMessage(message, recipients));
            UntouchedServer.sawNoEnvelope(server);
            MimeMessage good = Messages.to(session, "good@example.com");
            transport.sendMessage(good, good.getAllRecipients());
        }
        assertThat(server.account().accepted())
                .singleElement()
                .satisfies(sent -> assertThat(sent.recipients()).containsExactly("good@example.com"));
        assertThat(server.account().opened()).isEqualTo(1);
        return thrown;
    }

    private static InternetAddress[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> address("r" + i + "@example.com"))
                .toArray(InternetAddress[]::new);
    }

    private static InternetAddress address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    @Test
    void no_message_is_refused() throws Exception {
        assertThat(refusal(null, address("a@example.com")))
                .hasMessageContainingAll("not null", "allowed: a MimeMessage");
    }

    @Test
    void a_message_that_is_not_mime_is_refused_by_its_type() throws Exception {
        assertThat(refusal(new NotMime(), address("a@example.com")))
                .hasMessageContainingAll(
                        "can only send RFC822 messages", NotMime.class.getName(), "allowed: a MimeMessage");
    }

    @Test
    void no_recipients_are_refused() throws Exception {
        assertThat(refusal(Messages.to(session()), (Address[]) null))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContainingAll("No recipient addresses", "null", "allowed: at least one");
    }

    @Test
    void an_empty_list_of_recipients_is_refused() throws Exception {
        assertThat(refusal(Messages.to(session())))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContainingAll("No recipient addresses", "allowed: at least one");
    }

    @Test
    void a_recipient_that_is_null_is_refused_by_its_place() throws Exception {
        assertThat(refusal(Messages.to(session()), address("a@example.com"), null))
                .hasMessageContainingAll("null is not an InternetAddress", "recipient 2 of 2", "allowed: ");
    }

    @Test
    void a_bad_recipient_beside_one_that_is_null_is_refused() throws Exception {
        assertThat(refusal(Messages.to(session()), address("a@example.com\n"), null))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("a@example.com\\x0a");
    }

    @Test
    void an_address_of_another_kind_is_refused_by_its_type() throws Exception {
        assertThat(refusal(Messages.to(session()), new NewsAddress("comp.mail")))
                .hasMessageContainingAll("comp.mail is not an InternetAddress", "NewsAddress", "allowed: ");
    }

    @Test
    void an_empty_address_is_refused_and_the_others_are_listed_as_unsent() throws Exception {
        InternetAddress good = address("a@example.com");
        InternetAddress empty = address("");
        assertThat(refusal(Messages.to(session()), good, empty))
                .isInstanceOfSatisfying(SendFailedException.class, thrown -> {
                    assertThat(thrown).hasMessageContainingAll("''", "is empty", "allowed: local-part@domain");
                    assertThat(thrown.getInvalidAddresses()).containsExactly(empty);
                    assertThat(thrown.getValidUnsentAddresses()).containsExactly(good);
                });
    }

    @Test
    void an_address_without_text_is_refused() throws Exception {
        assertThat(refusal(Messages.to(session()), new InternetAddress()))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void a_group_is_sent_to_its_members() throws Exception {
        MimeMessage message = Messages.to(session());
        Transport.send(message, new Address[] {
            address("team:a@example.com, Bea <b@example.com>;"), address("c@example.com"), address("a@EXAMPLE.com")
        });
        assertThat(server.account().accepted())
                .singleElement()
                .satisfies(sent -> assertThat(sent.recipients())
                        .containsExactly("a@example.com", "b@example.com", "c@example.com"));
    }

    @Test
    void an_empty_group_beside_others_is_passed_over() throws Exception {
        Transport.send(
                Messages.to(session()),
                new Address[] {address("undisclosed-recipients:;"), address("hidden@example.com")});
        assertThat(server.account().accepted())
                .singleElement()
                .satisfies(sent -> assertThat(sent.recipients()).containsExactly("hidden@example.com"));
    }

    @Test
    void an_empty_group_alone_is_refused() throws Exception {
        assertThat(refusal(Messages.to(session()), address("undisclosed-recipients:;")))
                .isInstanceOf(SendFailedException.class)
                .hasMessageContainingAll("'undisclosed-recipients:;'", "no members", "allowed: ");
    }

    @Test
    void a_group_that_cannot_be_read_is_refused_and_the_others_are_listed_as_unsent() throws Exception {
        InternetAddress unreadable = address("team:a@@example.com, <;");
        InternetAddress good = address("c@example.com");
        assertThat(refusal(Messages.to(session()), unreadable, good))
                .isInstanceOfSatisfying(SendFailedException.class, thrown -> {
                    assertThat(thrown)
                            .hasMessageContainingAll(
                                    "'team:a@@example.com, <;'", "cannot be read", "allowed: NAME:address, address;");
                    assertThat(thrown.getInvalidAddresses()).containsExactly(unreadable);
                    assertThat(thrown.getValidUnsentAddresses()).containsExactly(good);
                });
    }

    @Test
    void ten_thousand_recipients_go_out_in_envelopes_of_the_cap() throws Exception {
        Transport.send(Messages.to(session()), many(10_000));
        assertThat(server.account().accepted()).hasSize(200);
        assertThat(server.account().copiesPerRecipient()).hasSize(10_000);
        assertThat(server.account().copiesPerRecipient().values()).containsOnly(1);
    }

    @Test
    void ten_thousand_recipients_that_the_rate_does_not_let_through_in_time_are_refused_before_the_first() {
        Session session = TestSessions.of(server)
                .set("mail.resilient.rate.recipients", "500/1m")
                .session();
        assertThatThrownBy(() -> Transport.send(Messages.to(session), many(10_000)))
                .isInstanceOfSatisfying(RateLimited.class, thrown -> {
                    assertThat(thrown)
                            .hasMessageContainingAll("10000 recipients", "500/1m", "allowed: up to 1500 in one call");
                    assertThat(thrown.attempts()).isZero();
                    assertThat(thrown.recipients()).hasSize(10_000);
                    assertThat(thrown.recipients())
                            .extracting(recipient -> recipient.state())
                            .containsOnly(RecipientState.UNSENT);
                    assertThat(thrown.getValidUnsentAddresses()).hasSize(10_000);
                });
        UntouchedServer.sawNoEnvelope(server);
    }

    @Test
    void a_message_over_the_announced_size_is_refused_before_it_is_sent() throws Exception {
        server.close();
        server = ScriptedSmtpServer.builder().maxSize(10_000).start();
        assertThat(refusal(Messages.ofSize(session(), 20_000), address("a@example.com"), address("b@example.com")))
                .isInstanceOfSatisfying(MessageRejected.class, thrown -> {
                    assertThat(thrown.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
                    assertThat(thrown).hasMessageContaining("the relay takes at most 10000");
                    assertThat(thrown.getMessage()).containsPattern("The message has 2\\d{4} bytes");
                    assertThat(thrown.recipients())
                            .extracting(recipient -> recipient.state())
                            .containsExactly(RecipientState.UNSENT, RecipientState.UNSENT);
                });
    }

    @Test
    void content_that_cannot_be_read_to_its_end_is_not_half_sent() throws Exception {
        MimeMessage message = Messages.to(session());
        message.setDataHandler(new DataHandler(new BreakingOff()));
        assertThat(refusal(message, address("a@example.com")))
                .isNotInstanceOf(MailFailure.class)
                .hasMessageContainingAll("IOException while sending message", "the disk is gone")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_from_header_that_cannot_be_read_is_refused() throws Exception {
        MimeMessage message = Messages.to(session());
        message.setHeader("From", "sender@example.com <sender@");
        assertThat(refusal(message, address("a@example.com")))
                .isInstanceOf(AddressException.class)
                .hasToString("jakarta.mail.internet.AddressException: Missing '>' in string"
                        + " ``sender@example.com <sender@'' at position 27");
    }

    @Test
    void a_transport_that_is_not_of_angus_is_not_asked_to_send_what_cannot_be_sent() throws Exception {
        List<Message> asked = new ArrayList<>();
        Transport foreign = new Transport(session(), new URLName("pigeon://loft")) {
            @Override
            protected boolean protocolConnect(String host, int port, String user, String password) {
                return true;
            }

            @Override
            public void sendMessage(Message message, Address[] addresses) {
                asked.add(message);
            }
        };
        try (Transport decorated = ResilientMail.decorate(
                session(), foreign, ResilientConfig.builder().build())) {
            decorated.connect();
            assertThatThrownBy(() -> decorated.sendMessage(null, many(1)))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("null");
            assertThatThrownBy(() -> decorated.sendMessage(Messages.to(session()), new Address[] {null}))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("recipient 1 of 1");
            assertThatThrownBy(() -> decorated.sendMessage(
                            Messages.to(session()), new Address[] {address("a@example.com\r\nDATA")}))
                    .isInstanceOf(SendFailedException.class)
                    .hasMessageContaining("a@example.com\\x0d\\x0aDATA");
            assertThat(asked).isEmpty();
            decorated.sendMessage(Messages.to(session()), many(1));
            assertThat(asked).hasSize(1);
        }
    }
}
