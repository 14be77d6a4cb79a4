package org.resilientmail.failure;

import jakarta.mail.internet.InternetAddress;
import java.util.Objects;
import java.util.Optional;
import org.resilientmail.reply.SmtpReply;

/**
 * The fate of one recipient. Immutable, but for the address, which belongs to the caller.
 *
 * @param address the recipient as the caller gave it
 * @param state how it ended
 * @param envelope the envelope it was last part of, counted from 1; 0 when it was in none
 * @param reply the relay's last word on this recipient, if there was one
 */
public record RecipientOutcome(InternetAddress address, RecipientState state, int envelope, Optional<SmtpReply> reply) {

    /**
     * Checks that nothing is {@code null}.
     *
     * @param address see {@link #address()}
     * @param state see {@link #state()}
     * @param envelope see {@link #envelope()}
     * @param reply see {@link #reply()}
     */
    public RecipientOutcome {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reply, "reply");
    }
}
