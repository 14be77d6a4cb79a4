package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A message that only looks as if it was composed and saved is written as its class would have it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuickRenderingTest {

    private static final Session SESSION = Session.getInstance(new Properties());

    private static final String[] OF_SAVING = {"Message-ID", "MIME-Version", "Date", "Content-Type"};

    /** What is sent of it when all that saving would give it was given by hand, and {@code saveChanges} never called. */
    private static String sent(MimeMessage message) throws MessagingException, IOException {
        message.setDataHandler(new DataHandler("a text\n", "text/plain"));
        for (String field : OF_SAVING) {
            message.setHeader(field, "text/plain");
        }
        message.setHeader("Content-Transfer-Encoding", "7bit");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FrozenMessage frozen = FrozenMessage.of(message, false)) {
            frozen.copyTo(bytes);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void what_a_class_does_when_it_is_saved_is_done() throws Exception {
        MimeMessage message = new MimeMessage(SESSION) {
            @Override
            protected void updateHeaders() throws MessagingException {
                super.updateHeaders();
                setHeader("X-Updated", "yes");
            }
        };
        assertThat(sent(message)).contains("X-Updated: yes\r\n").endsWith("\r\n\r\na text\r\n");
    }

    @Test
    void content_that_a_class_has_from_elsewhere_is_taken_from_there() throws Exception {
        MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(new byte[] {'\n'})) {
            @Override
            protected void parse(InputStream in) throws MessagingException {
                super.parse(in);
                content = null;
            }

            @Override
            protected InputStream getContentStream() {
                return new ByteArrayInputStream(new byte[] {'.', '\n', '.'});
            }
        };
        assertThat(sent(message)).endsWith("\r\n\r\n.\r\n.\r\n");
    }
}
