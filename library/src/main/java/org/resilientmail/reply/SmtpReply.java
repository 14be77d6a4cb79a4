package org.resilientmail.reply;

import java.util.Objects;
import java.util.Optional;

/**
 * One reply of the relay (RFC 5321 section 4.2), read leniently: whatever the characters, parsing does not fail.
 * Immutable.
 *
 * <p>The text is safe to print: it has one line and at most 4096 characters, control characters are replaced by spaces,
 * and the invisible ones that reorder text on a screen (Unicode category Cf) are left out. Only the first 4096
 * characters of a reply are looked at.
 */
public final class SmtpReply {

    private final int code;
    private final EnhancedStatus enhanced;
    private final String text;

    SmtpReply(int code, EnhancedStatus enhanced, String text) {
        this.code = code;
        this.enhanced = enhanced;
        this.text = text;
    }

    /**
     * Reads a reply as it came from the wire: one or several lines, each with its code. Where the lines disagree, the
     * first code counts. Codes and enhanced codes that are repeated on the further lines are not part of the text.
     *
     * @param raw the reply; {@code null} counts as empty
     * @return the reply; its {@link #code()} is 0 where none could be read
     */
    public static SmtpReply parse(String raw) {
        return new ReplyReader(raw == null ? "" : raw).read();
    }

    /** {@return the three-digit code, 100 to 599, or 0 where the reply has none} */
    public int code() {
        return code;
    }

    /**
     * {@return the enhanced status code as the relay sent it, where the reply has one (RFC 2034)} It may stand at the
     * start of the text, or later as in {@code (#5.7.1)}. Its class may contradict {@link #code()}.
     */
    public Optional<EnhancedStatus> enhanced() {
        return Optional.ofNullable(enhanced);
    }

    EnhancedStatus enhancedOrNull() {
        return enhanced;
    }

    /** {@return the words of the reply on one line, without code and enhanced code, printable and capped} */
    public String text() {
        return text;
    }

    /** {@return whether the code is 2yz or 3yz} */
    public boolean isPositive() {
        return code >= 200 && code < 400;
    }

    /** {@return whether the code is 4yz} */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** {@return whether the code is 5yz} */
    public boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /**
     * The class that decides where code and enhanced code disagree: the code's first digit (RFC 5321 section 4.2.1),
     * else the enhanced code's class, else 0.
     */
    int effectiveClass() {
        if (code != 0) {
            return code / 100;
        }
        return enhanced == null ? 0 : enhanced.statusClass();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpReply that
                && code == that.code
                && text.equals(that.text)
                && Objects.equals(enhanced, that.enhanced);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, enhanced, text);
    }

    /** {@return the reply on one printable line, as in {@code 452 4.5.3 Too many recipients}} */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(text.length() + 16);
        if (code != 0) {
            line.append(code).append(' ');
        }
        if (enhanced != null) {
            line.append(enhanced).append(' ');
        }
        return line.append(text).toString().strip();
    }
}
