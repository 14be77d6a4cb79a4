package org.resilientmail.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.PropUtil;
import org.resilientmail.reply.PlainText;

/**
 * Checks what an application supplies and Angus puts into SMTP commands, before anything is sent: a line break in one of
 * these is how commands are smuggled into a conversation (RFC 5321 section 4.1.1 allows none). Angus notices as well,
 * but only when the command is due: in the middle of an envelope, or after other envelopes have gone out.
 */
public final class CommandValues {

    private static final int SHOWN = 100;

    private static final String UTF8 = "mail.mime.allowutf8";

    private CommandValues() {}

    /**
     * Checks the values that a message, or the properties of who sends it, put into MAIL and RCPT. Recipients are checked
     * by {@link #mistakeIn}.
     *
     * @param message the message
     * @param session the sender's Session
     * @param protocol {@code smtp} or {@code smtps}: the prefix of the properties that count
     * @return what is wrong, with the value and what is allowed; empty when nothing is
     * @throws MessagingException if the sender cannot be read, or there is none
     */
    public static Optional<String> mistakeInEnvelope(MimeMessage message, Session session, String protocol)
            throws MessagingException {
        Check check = new Check(session, "mail." + protocol + ".");
        SMTPMessage options = message instanceof SMTPMessage smtp ? smtp : null;
        check.sender(message, options);
        if (options != null) {
            check.value("SMTPMessage.setSubmitter", options.getSubmitter(), "an address");
            check.value("SMTPMessage.setMailExtension", options.getMailExtension(), "parameters of MAIL on one line");
        }
        check.property("submitter", "an address");
        check.property("mailextension", "parameters of MAIL on one line");
        check.property("dsn.ret", "FULL or HDRS");
        check.property("dsn.notify", "NEVER, or a list of SUCCESS, FAILURE and DELAY");
        return check.mistake();
    }

    /**
     * Checks the name that EHLO tells.
     *
     * @param localHost what the transport object was told to use, or {@code null}
     * @param session the sender's Session
     * @param protocol {@code smtp} or {@code smtps}
     * @return what is wrong, with the value and what is allowed; empty when nothing is
     */
    public static Optional<String> mistakeInHello(String localHost, Session session, String protocol) {
        Check check = new Check(session, "mail." + protocol + ".");
        check.value("setLocalHost", localHost, "a host name or an address literal");
        check.property("localhost", "a host name or an address literal");
        check.property("localaddress", "a host name or an address literal");
        return check.mistake();
    }

    /**
     * Checks one value.
     *
     * @param value what is to become part of a command; {@code null} is nothing and so no mistake
     * @param utf8 whether the application allows UTF-8 in commands (RFC 6531); Angus keeps only the low eight bits of
     *     every character otherwise, which makes other letters of some, and so the address of somebody else, and line
     *     breaks of others
     * @return what is wrong with it, as the end of a sentence; empty when nothing is
     */
    public static Optional<String> mistakeIn(String value, boolean utf8) {
        if (value == null) {
            return Optional.empty();
        }
        boolean wide = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return Optional.of(
                        "has a control character (a line break, for instance), which no SMTP command may have");
            }
            wide |= c > 0xff;
        }
        return wide && !utf8
                ? Optional.of("has a letter that can be sent only as UTF-8, with " + UTF8 + "=true")
                : Optional.empty();
    }

    /**
     * Tells whether UTF-8 may stand in commands.
     *
     * @param session the sender's Session
     * @return whether it allows it
     */
    public static boolean allowsUtf8(Session session) {
        return PropUtil.getBooleanProperty(session.getProperties(), UTF8, false);
    }

    /**
     * A value as it may be shown on one line of a log.
     *
     * @param value the value; {@code null} is shown as nothing
     * @return the value with control characters and those that reorder text as {@code \x0d}, cut after {@value #SHOWN} characters
     */
    public static String shown(String value) {
        if (value == null) {
            return "";
        }
        String safe = value.codePoints()
                .limit(SHOWN)
                .mapToObj(c -> PlainText.hides(c) ? escaped(c) : Character.toString(c))
                .collect(Collectors.joining());
        return value.codePointCount(0, value.length()) > SHOWN ? safe + "..." : safe;
    }

    private static String escaped(int point) {
        return String.format(point <= 0xff ? "\\x%02x" : "\\u%04x", point);
    }

    /** Keeps the first mistake. */
    private static final class Check {

        private static final String ADDRESS = "local-part@domain";

        private final Session session;
        private final String prefix;
        private final boolean utf8;
        private String mistake;

        Check(Session session, String prefix) {
            this.session = session;
            this.prefix = prefix;
            this.utf8 = allowsUtf8(session);
        }

        Optional<String> mistake() {
            return Optional.ofNullable(mistake);
        }

        /** Only the one that Angus will use: an option of the message, a property, From, or who runs the program. */
        void sender(MimeMessage message, SMTPMessage options) throws MessagingException {
            String chosen = options == null ? null : options.getEnvelopeFrom();
            if (chosen != null && !chosen.isEmpty()) {
                value("SMTPMessage.setEnvelopeFrom", chosen, ADDRESS);
                return;
            }
            chosen = session.getProperty(prefix + "from");
            if (chosen != null && !chosen.isEmpty()) {
                property("from", ADDRESS);
                return;
            }
            Address[] from = message.getFrom();
            if (from != null && from.length > 0) {
                value("From", from[0] instanceof InternetAddress single ? single.getAddress() : null, ADDRESS);
                return;
            }
            InternetAddress local = InternetAddress.getLocalAddress(session);
            if (local == null) {
                throw new MessagingException("can't determine local email address; set From or " + prefix + "from");
            }
            value("the address of who runs this program (mail.from)", local.getAddress(), ADDRESS);
        }

        void property(String name, String allowed) {
            value(prefix + name, session.getProperty(prefix + name), allowed);
        }

        void value(String name, String value, String allowed) {
            Optional<String> found = mistakeIn(value, utf8);
            if (mistake == null && found.isPresent()) {
                mistake = name + "='" + shown(value) + "' " + found.get() + "; allowed: " + allowed
                        + ". Nothing was sent";
            }
        }
    }
}
