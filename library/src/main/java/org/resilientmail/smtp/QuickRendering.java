package org.resilientmail.smtp;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.angus.mail.util.BASE64EncoderStream;
import org.eclipse.angus.mail.util.QPEncoderStream;

/**
 * Writes a message of one part, as {@code MimeMessage.writeTo} does, but for looking up who encodes it: Jakarta Mail does
 * that through the service files of the whole class path, which takes longer than all the rest. Only where that changes
 * nothing: for a message that was composed and saved, of a class that leaves writing to {@code MimeMessage}, and with
 * Angus' encoders. Whether one was saved nobody tells; it has the five header fields then that saving gives it. One that
 * was given all five by hand keeps its own {@code Message-ID}, which saving it here would replace.
 */
final class QuickRendering {

    private static final String[] OF_SAVING = {
        "Message-ID", "MIME-Version", "Date", "Content-Type", "Content-Transfer-Encoding"
    };

    /** What decides about writing, or may. */
    private static final Set<String> OF_WRITING =
            Set.of("writeTo", "getSize", "getContentStream", "saveChanges", "updateHeaders");

    private static final ClassValue<Boolean> PLAIN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> each = type; each != MimeMessage.class; each = each.getSuperclass()) {
                for (Method method : each.getDeclaredMethods()) {
                    if (OF_WRITING.contains(method.getName())) {
                        return false;
                    }
                }
            }
            return true;
        }
    };

    private QuickRendering() {}

    /** Whether a message leaves to MimeMessage what decides about writing, and so signs nothing while it does. */
    static boolean isPlain(MimeMessage message) {
        return PLAIN.get(message.getClass());
    }

    /**
     * Writes it, if it is one of these.
     *
     * @param message the message
     * @param out where Angus' own streams would go
     * @param notSent names of the header fields to leave out
     * @return whether it was written; if not, nothing was
     */
    static boolean write(MimeMessage message, HeaderLines out, String[] notSent)
            throws MessagingException, IOException {
        if (!isPlain(message) || message.getSize() >= 0 || !hasBeenSaved(message)) {
            return false;
        }
        DataHandler content = message.getDataHandler();
        // A subclass stands for what was read from a stream.
        OutputStream encoding = content.getClass() == DataHandler.class ? encoding(message, out) : null;
        if (encoding == null) {
            return false;
        }
        Enumeration<String> lines = message.getNonMatchingHeaderLines(notSent);
        while (lines.hasMoreElements()) {
            out.writeln(lines.nextElement());
        }
        out.writeln();
        content.writeTo(encoding);
        encoding.flush(); // needed to complete what it encodes
        return true;
    }

    private static boolean hasBeenSaved(MimeMessage message) throws MessagingException {
        for (String field : OF_SAVING) {
            if (message.getHeader(field) == null) {
                return false;
            }
        }
        return true;
    }

    /** What Jakarta Mail would find; {@code null} where that depends on more than the encoding's name. */
    private static OutputStream encoding(MimeMessage message, OutputStream out) throws MessagingException {
        String encoding = message.getEncoding();
        boolean text = message.getContentType().regionMatches(true, 0, "text/", 0, 5);
        if (encoding == null || !text) {
            return null;
        }
        return switch (encoding.toLowerCase(Locale.ENGLISH)) {
            case "7bit", "8bit", "binary" -> out;
            case "quoted-printable" -> new QPEncoderStream(out);
            case "base64" -> new BASE64EncoderStream(out);
            default -> null;
        };
    }
}
