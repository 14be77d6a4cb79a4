package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * What became of one envelope on one session, read from the conversation itself. Immutable.
 *
 * @param end how it ended
 * @param phase the step that decided
 * @param reply the relay's deciding reply, or empty when none came
 * @param missing why no reply came, set exactly when the transfer failed without one
 * @param recipientReplies the reply to each recipient, in the order given; empty for those not asked or not answered
 * @param sessionInOrder whether another transfer may use the session
 * @param stumbled whether the relay seems not to know what it announces (PIPELINING, CHUNKING), and should be spoken to
 *     plainly for a while
 * @param thrown what Angus threw, if anything
 * @param returnCode what Angus reports as the last return code
 * @param lastResponse what Angus reports as the last server response; may be {@code null}
 */
public record TransferResult(
        End end,
        SmtpPhase phase,
        Optional<SmtpReply> reply,
        Optional<NoReply> missing,
        List<Optional<SmtpReply>> recipientReplies,
        boolean sessionInOrder,
        boolean stumbled,
        Optional<MessagingException> thrown,
        int returnCode,
        String lastResponse) {

    /** How a transfer ended, as far as delivery goes. */
    public enum End {
        /** The relay took the message for the recipients it had accepted. */
        ACCEPTED,
        /** The relay refused, or the connection failed before the final dot: certainly not delivered. */
        NOT_SENT,
        /** The final dot may have left and no final reply came: perhaps delivered. */
        UNCERTAIN,
        /** What was to be sent is not valid as a command; nothing of it was written. */
        INVALID
    }

    /**
     * Copies the list and checks that nothing but {@code lastResponse} is {@code null}.
     *
     * @param end see {@link #end()}
     * @param phase see {@link #phase()}
     * @param reply see {@link #reply()}
     * @param missing see {@link #missing()}
     * @param recipientReplies see {@link #recipientReplies()}
     * @param sessionInOrder see {@link #sessionInOrder()}
     * @param stumbled see {@link #stumbled()}
     * @param thrown see {@link #thrown()}
     * @param returnCode see {@link #returnCode()}
     * @param lastResponse see {@link #lastResponse()}
     */
    public TransferResult {
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(missing, "missing");
        recipientReplies = List.copyOf(recipientReplies);
        Objects.requireNonNull(thrown, "thrown");
    }

    /**
     * Whether the relay announced CHUNKING and knows no BDAT: it has not taken the message, and by DATA it might.
     *
     * @return whether that is so
     */
    public boolean isAnnouncedInVain() {
        return stumbled && isChunkUnknown();
    }

    /** Whether a relay that takes no BDAT would answer so to it (RFC 5321 section 4.2.4). */
    boolean isChunkUnknown() {
        return end == End.NOT_SENT
                && phase == SmtpPhase.END_OF_DATA
                && reply.map(SmtpReply::code)
                        .filter(TransferResult::isUnknownCommand)
                        .isPresent();
    }

    static boolean isUnknownCommand(int code) {
        return code == 500 || code == 502 || code == 504;
    }
}
