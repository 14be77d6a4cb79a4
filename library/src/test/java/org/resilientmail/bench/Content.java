package org.resilientmail.bench;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.resilientmail.testkit.Messages;

/** What messages are made of. */
enum Content {
    /** A text. */
    TEXT,
    /** An attachment in a file, which goes by Base64. */
    FILE,
    /** The same in memory, where it is before the message is sent. */
    BYTES;

    /** Makes messages. */
    interface Maker {
        MimeMessage message(Session session) throws MessagingException;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Content of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Makes messages of a scene, out of something that is made once. */
    Maker maker(Scene scene) {
        return switch (this) {
            case TEXT -> {
                String text = scene.text();
                yield session -> Messages.withText(session, text, Target.RECIPIENT);
            }
            case FILE -> {
                FileDataSource file = new FileDataSource(file(scene.octets()).toFile());
                yield session -> attaching(session, new DataHandler(file));
            }
            case BYTES -> {
                ByteArrayDataSource bytes = new ByteArrayDataSource(noise(scene.octets()), "application/octet-stream");
                yield session -> attaching(session, new DataHandler(bytes));
            }
        };
    }

    private static MimeMessage attaching(Session session, DataHandler data) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText("See the attachment.\r\n", "us-ascii");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(data);
        attachment.setFileName("noise.bin");
        MimeMessage message = Messages.to(session, Target.RECIPIENT);
        message.setContent(new MimeMultipart(text, attachment));
        return message;
    }

    private static byte[] noise(int octets) {
        byte[] noise = new byte[octets];
        new Random(octets).nextBytes(noise);
        return noise;
    }

    private static Path file(int octets) {
        try {
            Path file = Files.createTempFile("benchmark-", ".bin");
            file.toFile().deleteOnExit();
            byte[] piece = noise(1 << 16);
            try (var out = Files.newOutputStream(file)) {
                for (int left = octets; left > 0; left -= piece.length) {
                    out.write(piece, 0, Math.min(left, piece.length));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
