package org.resilientmail;

import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Optional;
import org.resilientmail.policy.RateGate;

/** Makes one attempt at one envelope: over a pooled session, or over a transport that is not Angus'. */
interface Carrier extends AutoCloseable {

    /**
     * Looks at the message before anything is done for it.
     *
     * @return why it cannot be sent to anybody; empty when nothing speaks against it
     * @throws MessagingException if it cannot be read
     */
    default Optional<Setback> unfit() throws MessagingException {
        return Optional.empty();
    }

    /**
     * Makes one attempt and marks the recipients with what became of them.
     *
     * @param open the recipients to send to
     * @param permit to be marked as used when the relay may have seen the envelope
     * @param deadline do not wait for a session beyond this time
     * @param outcome told of the conversation
     * @return what went wrong; empty when all were sent
     * @throws MessagingException if the message cannot be read; nothing was sent then
     */
    Optional<Setback> carry(List<Recipient> open, RateGate.Permit permit, long deadline, Outcome outcome)
            throws MessagingException;

    /** Frees what was kept between attempts. */
    @Override
    void close();
}
