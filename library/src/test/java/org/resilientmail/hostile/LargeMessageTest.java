package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Gate;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Messages too large for memory, and those that can be read only once. */
@Timeout(60)
class LargeMessageTest {

    private static final int LARGE = 3 << 20;

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final Set<Path> before = spooled();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions sessions() {
        return TestSessions.of(server).set("mail.resilient.retry.initial-wait", "1ms");
    }

    private static Set<Path> spooled() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("resilient-mail-"))
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Set<Path> newlySpooled() {
        Set<Path> now = spooled();
        now.removeAll(before);
        return now;
    }

    @Test
    void the_temporary_file_is_gone_after_every_ending() throws Exception {
        Session session = sessions()
                .set("mail.resilient.retry.max-attempts", "2")
                .set("mail.resilient.message.max-recipients", "1")
                .session();
        server.on(Step.END_OF_DATA).occurrence(2).reply("554 5.7.1 Refused");
        server.on(Step.BODY).matching(e -> e.occurrence() == 3).fault(Fault.RESET);
        server.on(Step.END_OF_DATA).occurrence(4).close();
        for (int i = 0; i < 5; i++) {
            Attempt.of(Messages.ofSize(session, LARGE, "a@example.com", "b@example.com"))
                    .agreesWith(server, 1);
        }
        assertThat(newlySpooled()).isEmpty();
    }

    @Test
    void a_temporary_file_that_cannot_be_deleted_does_not_turn_a_success_into_a_failure() throws Exception {
        Logger log = Logger.getLogger("org.resilientmail.smtp");
        Handler failing = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord record) {
                throw new UnsupportedOperationException("nor is there a log that would take it");
            }
        };
        log.addHandler(failing);
        Gate dot = server.holdAt(Step.END_OF_DATA);
        Session session = sessions().session();
        MimeMessage message = Messages.ofSize(session, LARGE, "a@example.com");
        CompletableFuture<Attempt> sending = CompletableFuture.supplyAsync(() -> Attempt.of(message));
        dot.awaitArrived(1);
        Path file = newlySpooled().iterator().next();
        Files.delete(file);
        Path inside = Files.createFile(Files.createDirectory(file).resolve("held"));
        try {
            dot.release();
            assertThat(sending.get().thrown()).isEmpty();
        } finally {
            log.removeHandler(failing);
            Files.delete(inside);
            Files.deleteIfExists(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA", "BDAT"})
    void a_temporary_file_that_lost_its_end_is_never_sent_as_the_whole_message(String way) throws Exception {
        try (ScriptedSmtpServer relay = way.equals("DATA")
                ? ScriptedSmtpServer.start()
                : ScriptedSmtpServer.builder().extensions("CHUNKING").start()) {
            Gate rcpt = relay.holdAt(Step.RCPT);
            Session session = TestSessions.of(relay)
                    .set("mail.resilient.retry.max-attempts", "1")
                    .session();
            MimeMessage message = Messages.ofSize(session, LARGE, "a@example.com");
            CompletableFuture<Attempt> sending = CompletableFuture.supplyAsync(() -> Attempt.of(message));
            rcpt.awaitArrived(1);
            Path file = newlySpooled().iterator().next();
            String content = Files.readString(file);
            Files.writeString(file, content.substring(0, content.indexOf("\r\n", LARGE / 2) + 2));
            rcpt.release();
            Attempt attempt = sending.get();
            assertThat(attempt.thrown()).isPresent();
            attempt.agreesWith(relay, 0);
        }
    }

    @Test
    void an_interrupted_thread_sends_a_large_message_as_it_sends_a_small_one() throws Exception {
        Session session = sessions().session();
        Thread.currentThread().interrupt();
        try {
            Attempt attempt = Attempt.of(Messages.ofSize(session, LARGE, "a@example.com"));
            attempt.agreesWith(server, 1);
            assertThat(attempt.thrown()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void content_that_can_be_read_only_once_arrives_whole_after_a_retry() throws Exception {
        Session session = sessions().set("mail.smtp.allow8bitmime", "true").session();
        server.on(Step.END_OF_DATA).reply("451 4.3.0 Try again");
        byte[] content = "caf\u00e9\r\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
        MimeMessage message = Messages.to(session, "a@example.com");
        message.setDataHandler(new DataHandler(new Once(content)));
        message.setHeader("Content-Transfer-Encoding", "base64");
        Attempt attempt = Attempt.of(message);
        attempt.agreesWith(server, 1);
        assertThat(attempt.thrown()).isEmpty();
        MimeMessage arrived = new MimeMessage(
                session,
                new ByteArrayInputStream(server.account().accepted().get(0).content()));
        try (InputStream in = arrived.getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    /** Gives its bytes once and nothing the second time. */
    private static final class Once implements DataSource {

        private final InputStream in;

        Once(byte[] content) {
            in = new ByteArrayInputStream(content);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("read only");
        }

        @Override
        public String getContentType() {
            return "text/plain; charset=utf-8";
        }

        @Override
        public String getName() {
            return "once";
        }
    }
}
