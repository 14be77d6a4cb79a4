package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;

/**
 * Sends text as it is instead of encoded when the relay takes 8-bit data (RFC 6152) and the application allowed it.
 * Done once, before the first attempt, where Angus does it in every attempt and gives the message a new id each time.
 */
final class EightBit {

    private static final int LONGEST_LINE = 998;

    /** What Java reads where there should be UTF-8. */
    private static final char NOT_UTF8 = '\ufffd';

    private EightBit() {}

    /**
     * Converts what can be converted; a message that cannot be, or is signed, is left as it is. It works on the rendering: to look into
     * the application's own message would use up content that can be read only once, and send nothing of it.
     *
     * @param rendered the rendered message; stays open
     * @param session the Session its headers are read by
     * @return the rendering to send
     */
    static Spool convert(Spool rendered, Session session) throws MessagingException, IOException {
        // The copy is a view of the rendering: what stays as it is, however large, does not come into memory.
        try (InputStream in = rendered.open()) {
            MimeMessage copy = new MimeMessage(session, in);
            String id = copy.getMessageID();
            boolean utf8 = session != null && CommandValues.allowsUtf8(session);
            if (copy.getHeader("DKIM-Signature") != null || !headersSurvive(copy, utf8) || !convertPart(copy)) {
                return rendered;
            }
            copy.saveChanges();
            if (id != null) {
                copy.setHeader("Message-ID", id);
            }
            return FrozenMessage.render(copy);
        }
    }

    /**
     * Whether the header fields are written as they were read. Those that are not ASCII are not, unless a message's own
     * were read as the UTF-8 that they are written in.
     */
    private static boolean headersSurvive(MimePart part, boolean utf8) throws MessagingException, IOException {
        for (String line : Collections.list(part.getAllHeaderLines())) {
            if (line.chars().anyMatch(c -> c > 0x7f && (!utf8 || c == NOT_UTF8))) {
                return false;
            }
        }
        if (isOpen(part) && part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                if (multipart.getBodyPart(i) instanceof MimePart inner && !headersSurvive(inner, false)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Not one that is signed: what is within must stay as it is, to the octet (RFC 1847 section 2.1). */
    private static boolean isOpen(MimePart part) throws MessagingException {
        return part.isMimeType("multipart/*") && !part.isMimeType("multipart/signed");
    }

    private static boolean convertPart(MimePart part) {
        try {
            if (isOpen(part) && part.getContent() instanceof Multipart multipart) {
                return convertAll(multipart);
            }
            if (!part.isMimeType("text/*") || !isEncoded(part) || !needsEightBit(part)) {
                return false;
            }
            // Other than as text, as text/calendar for instance, nobody could write it again.
            if (!(part.getContent() instanceof String text)) {
                return false;
            }
            part.setContent(text, part.getContentType());
            part.setHeader("Content-Transfer-Encoding", "8bit");
            return true;
        } catch (IOException | MessagingException e) {
            return false; // what cannot be read cannot be converted; sending will tell
        }
    }

    private static boolean convertAll(Multipart multipart) throws MessagingException {
        boolean changed = false;
        for (int i = 0; i < multipart.getCount(); i++) {
            changed |= multipart.getBodyPart(i) instanceof MimePart part && convertPart(part);
        }
        return changed;
    }

    private static boolean isEncoded(MimePart part) throws MessagingException {
        String encoding = part.getEncoding();
        return "quoted-printable".equalsIgnoreCase(encoding) || "base64".equalsIgnoreCase(encoding);
    }

    /** Whether the text has 8-bit characters and is otherwise fit to be sent as it is. */
    private static boolean needsEightBit(MimePart part) throws IOException, MessagingException {
        boolean eightBit = false;
        int line = 0;
        try (InputStream in = new java.io.BufferedInputStream(part.getInputStream())) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                boolean lineEnd = b == '\r' || b == '\n';
                line = lineEnd ? 0 : line + 1;
                if (b == 0 || line > LONGEST_LINE) {
                    return false;
                }
                eightBit |= b > 0x7f;
            }
        }
        return eightBit;
    }
}
