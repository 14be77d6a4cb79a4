package org.resilientmail.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * A message rendered once, so that every attempt and every envelope carries the same bytes under the same
 * {@code Message-ID}, that content which can be read only once is read only once, and that its size is known before it
 * is sent. Up to {@value #IN_MEMORY} bytes stay in memory; larger ones wait in a temporary file only its owner may read,
 * deleted by {@link #close()}. Not thread-safe.
 */
public final class FrozenMessage implements AutoCloseable {

    /** Messages up to this size, in bytes, are kept in memory. */
    public static final int IN_MEMORY = 1 << 20;

    /** What Angus leaves out of what it sends. */
    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private final Spool spool;
    private final Optional<String> messageId;
    private final Address[] from;
    private final SMTPMessage options;

    /** Before its text was turned into plain text, if it was. */
    private final FrozenMessage encoded;

    private FrozenMessage(Spool spool, MimeMessage message, FrozenMessage encoded) throws MessagingException {
        this.spool = spool;
        this.encoded = encoded;
        this.messageId = Optional.ofNullable(message.getMessageID());
        this.from = from(message);
        this.options = message instanceof SMTPMessage smtp ? smtp : null;
    }

    /**
     * Renders a message.
     *
     * @param message the message; as with Angus, {@code saveChanges} is called on it if it was never saved
     * @param as8bit whether to turn encoded 8-bit text back into plain 8-bit text, as Angus does for
     *     {@code mail.smtp.allow8bitmime}; the {@code Message-ID} stays, and the application's message is not changed. What
     *     is signed stays as it is, and so does a message of a class that may sign it while it is written
     * @return the rendered message
     * @throws MessagingException if the message is incomplete
     * @throws IOException if its content cannot be read, or the temporary file not be written
     */
    public static FrozenMessage of(MimeMessage message, boolean as8bit) throws MessagingException, IOException {
        // What saveChanges does to headers and content, it does under this lock: Transport.send of another thread must
        // not do it to half a rendering, or between it and the look at its Message-ID.
        synchronized (message) {
            return frozen(message, as8bit);
        }
    }

    private static FrozenMessage frozen(MimeMessage message, boolean as8bit) throws MessagingException, IOException {
        Spool spool = render(message);
        Spool converted = spool;
        boolean done = false;
        try {
            if (as8bit && QuickRendering.isPlain(message)) {
                converted = EightBit.convert(spool, message.getSession());
            }
            FrozenMessage frozen = new FrozenMessage(spool, message, null);
            if (converted != spool) {
                frozen = new FrozenMessage(converted, message, frozen);
            }
            done = true;
            return frozen;
        } finally {
            if (!done) {
                spool.close();
                converted.close();
            }
        }
    }

    static Spool render(MimeMessage message) throws MessagingException, IOException {
        Spool spool = new Spool(IN_MEMORY);
        boolean done = false;
        try {
            WholeLines lines = HeaderLines.of(message, spool);
            if (!(lines instanceof HeaderLines own) || !QuickRendering.write(message, own, NOT_SENT)) {
                message.writeTo(lines, NOT_SENT);
            }
            lines.end();
            spool.finish(lines.hasDots());
            done = true;
            return spool;
        } finally {
            if (!done) {
                spool.close();
            }
        }
    }

    /** Angus looks at From only where nothing else names the sender; one that cannot be read matters only then. */
    private static Address[] from(MimeMessage message) throws MessagingException {
        try {
            return message.getFrom();
        } catch (AddressException unreadable) {
            return null;
        }
    }

    /**
     * As another relay may have it than the one it was rendered for.
     *
     * @param takes8bit whether that relay takes 8-bit text (RFC 6152)
     * @return this one, or the same with its text still encoded; closed together with this one
     */
    public FrozenMessage forRelay(boolean takes8bit) {
        return takes8bit || encoded == null ? this : encoded;
    }

    /** {@return the message's id, angle brackets included, if it has one} */
    public Optional<String> messageId() {
        return messageId;
    }

    /** {@return the size in octets as RFC 1870 counts it: with CRLF line ends, without dot-stuffing} */
    public long size() {
        return spool.size();
    }

    /** The value of NOTIFY= that the message asks for (RFC 3461 section 4.1), or {@code null}. */
    String notifyOptions() {
        int asked = options == null ? 0 : options.getNotifyOptions();
        if (asked == 0) {
            return null;
        }
        if (asked == SMTPMessage.NOTIFY_NEVER) {
            return "NEVER";
        }
        StringJoiner names = new StringJoiner(",");
        if ((asked & SMTPMessage.NOTIFY_SUCCESS) != 0) {
            names.add("SUCCESS");
        }
        if ((asked & SMTPMessage.NOTIFY_FAILURE) != 0) {
            names.add("FAILURE");
        }
        if ((asked & SMTPMessage.NOTIFY_DELAY) != 0) {
            names.add("DELAY");
        }
        return names.toString();
    }

    /** Whether a line begins with a dot, which DATA needs a second one for (RFC 5321 section 4.5.2). */
    boolean hasDots() {
        return spool.hasDots();
    }

    void copyTo(OutputStream out) throws IOException {
        spool.copyTo(out);
    }

    @Override
    public void close() {
        spool.close();
        if (encoded != null) {
            encoded.close();
        }
    }

    /** The message as Angus is given it. */
    MimeMessage forSession(Session session, boolean sendPartial) throws MessagingException {
        return new View(session, sendPartial);
    }

    /** What Angus asks a message for while it sends it, answered from the rendering. */
    private final class View extends SMTPMessage {

        View(Session session, boolean sendPartial) throws MessagingException {
            super(session);
            setSendPartial(sendPartial);
            if (options != null) {
                setEnvelopeFrom(options.getEnvelopeFrom());
                setNotifyOptions(options.getNotifyOptions());
                setReturnOption(options.getReturnOption());
                setSubmitter(options.getSubmitter());
                setMailExtension(options.getMailExtension());
            }
        }

        @Override
        public Address[] getFrom() {
            return from == null ? null : from.clone();
        }

        @Override
        public String getSubject() {
            return null;
        }

        @Override
        public boolean isMimeType(String mimeType) {
            return false; // no conversion here: it would change the bytes
        }

        @Override
        public void saveChanges() {
            // The rendering is final.
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            spool.copyTo(out);
        }
    }
}
