package org.resilientmail.smtp;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.LineOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.eclipse.angus.mail.util.PropUtil;

/**
 * Takes header fields as well. Without it Jakarta Mail looks, for each part of a message, for the provider of a stream
 * that does: through the service files of the whole class path, which takes longer than to render a small message.
 */
final class HeaderLines extends WholeLines implements LineOutputStream {

    /** As MimeBodyPart has it. */
    private static final boolean UTF8 = PropUtil.getBooleanSystemProperty("mail.mime.allowutf8", true);

    private HeaderLines(OutputStream out) {
        super(out);
    }

    /** Takes a message, and its header fields where its Session has them written by Angus. */
    static WholeLines of(MimeMessage message, OutputStream out) {
        Session session = message.getSession();
        return session != null && session.getStreamProvider() instanceof MailStreamProvider
                ? new HeaderLines(out)
                : new WholeLines(out);
    }

    @Override
    public void writeln(String line) throws IOException {
        write(UTF8 ? line.getBytes(StandardCharsets.UTF_8) : lowBytes(line));
        writeln();
    }

    /** As Angus does it. */
    private static byte[] lowBytes(String line) {
        byte[] bytes = new byte[line.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) line.charAt(i);
        }
        return bytes;
    }

    @Override
    public void writeln() throws IOException {
        write('\r');
        write('\n');
    }
}
