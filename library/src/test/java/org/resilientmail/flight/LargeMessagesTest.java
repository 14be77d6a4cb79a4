package org.resilientmail.flight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import jakarta.activation.DataHandler;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.CountedSource;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Large messages are encoded once, never held in memory, and the relay is told their size. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeMessagesTest {

    private static final String FIRST = "first@example.com";
    private static final int OCTETS = 8 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder()
            .extensions("PIPELINING", "CHUNKING", "8BITMIME", "ENHANCEDSTATUSCODES")
            .maxSize(100_000_000)
            .start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private static MimeMessage attaching(Session session, CountedSource source, String text, String... recipients)
            throws Exception {
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(source));
        attachment.setFileName(source.getName());
        attachment.setHeader("Content-Transfer-Encoding", "base64"); // or it is read to find that out
        MimeBodyPart beside = new MimeBodyPart();
        beside.setText(text, "utf-8");
        MimeMessage message = Messages.to(session, recipients);
        message.setContent(new MimeMultipart(beside, attachment));
        return message;
    }

    private interface Sending {
        void run() throws Exception;
    }

    private static long allocatedBy(Sending sending) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        sending.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "strict", "one-flight"})
    void many_recipients_in_three_envelopes_and_a_retry_read_and_encode_the_body_once(String chunking)
            throws Exception {
        Session session = TestSessions.of(server)
                .set("mail.resilient.chunking", chunking)
                .set("mail.resilient.message.max-recipients", "40")
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
        server.on(Step.END_OF_DATA).occurrence(1).reply("451 4.3.0 Try again");
        server.on(Step.END_OF_DATA).occurrence(4).reply("451 4.3.0 Try again");
        Transport.send(attaching(session, new CountedSource(100), "before", FIRST)); // classes and rules are loaded
        CountedSource source = new CountedSource(OCTETS);
        MimeMessage message = attaching(
                session,
                source,
                "See below.",
                IntStream.range(0, 120).mapToObj(i -> "r" + i + "@example.com").toArray(String[]::new));
        long allocated = allocatedBy(() -> Transport.send(message));
        assertThat(source.opened()).isEqualTo(1);
        assertThat(source.read()).isEqualTo(OCTETS);
        assertThat(server.account().count("MAIL")).isEqualTo(2 + 4);
        List<AcceptedMessage> accepted =
                server.account().accepted().stream().skip(1).toList();
        assertThat(accepted).hasSize(3).allSatisfy(one -> {
            assertThat(one.recipients()).hasSize(40);
            assertThat(one.content()).isEqualTo(accepted.get(0).content());
        });
        assertThat(server.account().copiesPerRecipient())
                .containsKey(FIRST)
                .hasSize(1 + 120)
                .allSatisfy((recipient, copies) -> assertThat(copies).isEqualTo(1));
        // four times eleven megabytes went to the wire
        assertThat(allocated).isLessThan(OCTETS);
    }

    @Test
    void a_large_message_whose_text_becomes_8_bit_does_not_come_into_memory() throws Exception {
        Session session = TestSessions.of(server).smtp("allow8bitmime", "true").session();
        Transport.send(attaching(session, new CountedSource(100), "caf\u00e9"));
        CountedSource source = new CountedSource(OCTETS);
        MimeMessage message = attaching(session, source, "caf\u00e9\r\n".repeat(100));
        long allocated = allocatedBy(() -> Transport.send(message, message.getAllRecipients()));
        AcceptedMessage accepted = server.account().accepted().get(1);
        assertThat(new String(accepted.content(), 0, 2000, StandardCharsets.UTF_8))
                .contains("caf\u00e9\r\ncaf\u00e9\r\n");
        assertThat(accepted.header("Message-ID")).hasValue(message.getMessageID());
        assertThat(source.read()).isEqualTo(OCTETS);
        assertThat(allocated).isLessThan(OCTETS);
    }

    @ParameterizedTest
    @CsvSource({"off, 100", "off, 3000000", "strict, 100", "strict, 5000000", "one-flight, 100", "one-flight, 300000"})
    void the_relay_is_told_the_very_size_of_a_message_whose_content_has_none(String chunking, int octets)
            throws Exception {
        Session session =
                TestSessions.of(server).set("mail.resilient.chunking", chunking).session();
        Transport.send(attaching(session, new CountedSource(octets), ".dots\n..\nand bare line feeds"));
        AcceptedMessage accepted = server.account().accepted().get(0);
        assertThat(accepted.senderParameters()).isEqualTo("SIZE=" + accepted.content().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE=4711", "size=4711"})
    void what_the_application_says_of_the_size_stands(String extension) throws Exception {
        Session session =
                TestSessions.of(server).smtp("mailextension", extension).session();
        Transport.send(Messages.to(session));
        assertThat(server.account().accepted().get(0).senderParameters()).isEqualTo(extension);
    }

    @Test
    void a_relay_without_the_extension_is_told_no_size() throws Exception {
        try (ScriptedSmtpServer plain =
                ScriptedSmtpServer.builder().extensions("PIPELINING").start()) {
            Transport.send(Messages.to(TestSessions.session(plain)));
            assertThat(plain.account().accepted().get(0).senderParameters()).isEmpty();
        }
    }

    @Test
    void of_a_large_message_only_the_last_megabyte_is_ever_in_doubt() throws Exception {
        Transport.send(attaching(TestSessions.session(server), new CountedSource(OCTETS), "See below."));
        long size = server.account().accepted().get(0).content().length;
        assertThat(server.account().session(1).commands().stream().filter(command -> command.startsWith("BDAT ")))
                .containsExactly("BDAT " + (size - (1 << 20)), "BDAT " + (1 << 20) + " LAST");
    }
}
