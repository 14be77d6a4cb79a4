package org.resilientmail.reply;

import java.util.Optional;

/**
 * One reply of the relay, read leniently: whatever the bytes, parsing does not fail. Immutable.
 *
 * <p>The text is safe to print: control characters are replaced and its length is capped.
 */
public final class SmtpReply {

    private static final int MAX_TEXT = 4096;

    private final int code;
    private final EnhancedStatus enhanced;
    private final String text;

    private SmtpReply(int code, EnhancedStatus enhanced, String text) {
        this.code = code;
        this.enhanced = enhanced;
        this.text = text;
    }

    /**
     * Reads a reply as it came from the wire: one or several lines, each with its code.
     *
     * @param raw the reply; {@code null} counts as empty
     * @return the reply; its {@link #code()} is 0 where none could be read
     */
    public static SmtpReply parse(String raw) {
        String capped = raw == null ? "" : raw.substring(0, Math.min(raw.length(), MAX_TEXT));
        String flat = capped.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        int code = flat.matches("[1-5][0-9][0-9]([ -].*)?") ? Integer.parseInt(flat.substring(0, 3)) : 0;
        return new SmtpReply(code, null, code == 0 ? flat : flat.substring(Math.min(4, flat.length())));
    }

    /** {@return the three-digit code, or 0 where the reply has none} */
    public int code() {
        return code;
    }

    /** {@return the enhanced status code, where the reply has one (RFC 2034)} */
    public Optional<EnhancedStatus> enhanced() {
        return Optional.ofNullable(enhanced);
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
