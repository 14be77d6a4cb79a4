package org.resilientmail.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.resilientmail.reply.SmtpReply;

/**
 * What a login gives away, and a relay may say back: some quote what they could not decode. It must not come to
 * exceptions and logs that way. Immutable.
 */
final class Discretion {

    private static final String HIDDEN = "********";

    /** A shorter one, or a mere word, may stand in the relay's reply for itself: hidden, it would show. */
    private static final int LEAST = 6;

    private final List<String> texts;

    private Discretion(List<String> texts) {
        this.texts = texts;
    }

    /** The password, in the forms in which the mechanisms that send it do so (RFC 4616, AUTH LOGIN, XOAUTH2). */
    static Discretion of(ConnectSpec spec) {
        String password = spec.password();
        if (password == null || password.isEmpty()) {
            return new Discretion(List.of());
        }
        String user = spec.user() == null ? "" : spec.user();
        String authorization = spec.settings().authorizationId();
        List<String> texts = new ArrayList<>();
        texts.add(base64((authorization == null ? user : authorization) + "\0" + user + "\0" + password));
        texts.add(base64("\0" + user + "\0" + password));
        texts.add(base64("user=" + user + "\1auth=Bearer " + password + "\1\1"));
        texts.add(base64(password));
        if (password.length() >= LEAST && !password.chars().allMatch(Character::isLetter)) {
            texts.add(password);
        }
        return new Discretion(texts);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code null} stays that. */
    String hiddenIn(String words) {
        String shown = words;
        for (String text : texts) {
            shown = shown == null ? null : shown.replace(text, HIDDEN);
        }
        return shown;
    }

    /** {@code null} stays that. */
    SmtpReply hiddenIn(SmtpReply reply) {
        return reply == null || !isIn(reply.toString()) ? reply : SmtpReply.parse(hiddenIn(reply.toString()));
    }

    /** The same exception, unless it tells: then one of the same kind that does not. */
    MessagingException hiddenIn(MessagingException thrown) {
        boolean tells = false;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            tells |= isIn(t.getMessage());
        }
        if (!tells) {
            return thrown;
        }
        String words = hiddenIn(thrown.getMessage());
        MessagingException silent = thrown instanceof AuthenticationFailedException
                ? new AuthenticationFailedException(words)
                : new MessagingException(words);
        silent.setStackTrace(thrown.getStackTrace());
        return silent;
    }

    private boolean isIn(String words) {
        return words != null && !words.equals(hiddenIn(words));
    }
}
