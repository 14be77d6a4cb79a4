package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.testkit.AcceptedMessage;
import org.resilientmail.testkit.Callers;
import org.resilientmail.testkit.Callers.Call;
import org.resilientmail.testkit.Eventually;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** One message object, sent by two threads at the same time, each of which has Transport.send save it anew. */
@Timeout(60)
class OneMessageTest {

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final Callers callers = new Callers();

    @AfterEach
    void endAll() {
        callers.close();
        ResilientMail.closeAll();
        server.close();
    }

    private Session session() {
        return TestSessions.of(server)
                .set("mail.resilient.retry.initial-wait", "1ms")
                .session();
    }

    @RepeatedTest(10)
    void both_copies_are_whole() throws Exception {
        Session session = session();
        MimeMessage message = Messages.to(session, "a@example.com");
        MimeMultipart parts = new MimeMultipart();
        for (int i = 0; i < 5; i++) {
            MimeBodyPart part = new MimeBodyPart();
            part.setText("Teil " + i + " mit Umlauten: äöü\n".repeat(20), "utf-8");
            parts.addBodyPart(part);
        }
        message.setContent(parts);
        CountDownLatch go = new CountDownLatch(1);
        List<Call<Attempt>> calls = List.of(sending(go, message), sending(go, message));
        go.countDown();
        calls.forEach(Call::get);
        List<AcceptedMessage> accepted = server.account().accepted();
        assertThat(accepted).hasSize(2);
        for (AcceptedMessage each : accepted) {
            MimeMessage arrived = new MimeMessage(session, new ByteArrayInputStream(each.content()));
            for (String header : List.of("Message-ID", "Date", "MIME-Version", "Content-Type", "From", "To")) {
                assertThat(arrived.getHeader(header)).as(header).hasSize(1);
            }
            MimeMultipart content = (MimeMultipart) arrived.getContent();
            assertThat(content.getCount()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                assertThat(((String) content.getBodyPart(i).getContent()).replace("\r\n", "\n"))
                        .isEqualTo("Teil " + i + " mit Umlauten: äöü\n".repeat(20));
            }
        }
    }

    private Call<Attempt> sending(CountDownLatch go, MimeMessage message) {
        return callers.start(() -> {
            go.await();
            return Attempt.of(message);
        });
    }

    @Test
    void the_id_that_is_told_is_the_one_that_was_sent_though_another_thread_saves_the_message_meanwhile()
            throws Exception {
        server.on(Step.END_OF_DATA).fault(Fault.ACCEPT_THEN_CLOSE);
        Thread[] saver = new Thread[1];
        MimeMessage message = Messages.to(session(), "a@example.com");
        CountDownLatch rendering = new CountDownLatch(1);
        message.setDataHandler(new DataHandler(new Content(() -> {
            if (rendering.getCount() == 1 && isRendering()) {
                rendering.countDown();
                Eventually.until(
                        "the other thread has saved the message, or waits for us",
                        () -> saver[0].getState() == Thread.State.BLOCKED
                                || saver[0].getState() == Thread.State.TERMINATED);
            }
        })));
        message.saveChanges();
        Call<Void> saving = callers.start(() -> {
            saver[0] = Thread.currentThread();
            rendering.await();
            message.saveChanges();
            return null;
        });
        Eventually.until("the other thread", () -> saver[0] != null);
        MailFailure failure = sendingDirectly(message);
        saving.get();
        assertThat(failure.messageId())
                .isEqualTo(server.account().accepted().get(0).header("Message-ID"));
    }

    private static boolean isRendering() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("writeTo")));
    }

    private static MailFailure sendingDirectly(MimeMessage message) throws MessagingException {
        try (Transport transport = message.getSession().getTransport()) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            throw new AssertionError("the send did not fail");
        } catch (MessagingException e) {
            return (MailFailure) e;
        }
    }

    /** Text that tells when it is read. */
    private record Content(Runnable reading) implements DataSource {

        @Override
        public InputStream getInputStream() {
            reading.run();
            return new ByteArrayInputStream("A line of text.\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "text/plain; charset=us-ascii";
        }

        @Override
        public String getName() {
            return "text";
        }
    }
}
