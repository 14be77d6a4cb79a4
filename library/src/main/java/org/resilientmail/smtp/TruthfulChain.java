package org.resilientmail.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Takes out of the exceptions behind a failure what is known better by now: Angus lists as valid and unsent whom a
 * message may have reached, or has reached in another attempt, and callers walk the whole chain for those they send to
 * again, as Jakarta Mail's own sample program does. Not thread-safe.
 */
public final class TruthfulChain {

    private final Predicate<Address> unsent;
    private final Map<MessagingException, MessagingException> known = new IdentityHashMap<>();

    /**
     * Makes one for the exceptions of one send.
     *
     * @param unsent tells whether it is certain that an address did not get the message
     */
    public TruthfulChain(Predicate<Address> unsent) {
        this.unsent = unsent;
    }

    /**
     * The exception to show in place of another one.
     *
     * @param thrown what was thrown
     * @return the same exception where nothing in it is wrong; otherwise one with its words, its stack and what follows
     *     it in the chain, and with the addresses put right. The same one each time
     */
    public MessagingException of(MessagingException thrown) {
        return known.computeIfAbsent(thrown, this::corrected);
    }

    private MessagingException corrected(MessagingException thrown) {
        if (!(thrown instanceof SendFailedException failed)
                || failed.getValidUnsentAddresses() == null
                || Arrays.stream(failed.getValidUnsentAddresses()).allMatch(unsent)) {
            return thrown;
        }
        Address[] still =
                Arrays.stream(failed.getValidUnsentAddresses()).filter(unsent).toArray(Address[]::new);
        SendFailedException corrected = failed instanceof SMTPSendFailedException angus
                ? new SMTPSendFailedException(
                        angus.getCommand(),
                        angus.getReturnCode(),
                        angus.getMessage(),
                        angus.getNextException(),
                        angus.getValidSentAddresses(),
                        still,
                        angus.getInvalidAddresses())
                : new SendFailedException(
                        failed.getMessage(),
                        failed.getNextException(),
                        failed.getValidSentAddresses(),
                        still,
                        failed.getInvalidAddresses());
        corrected.setStackTrace(failed.getStackTrace());
        if (failed.getClass() != corrected.getClass()) {
            corrected.addSuppressed(failed); // a type of somebody else's, which may tell more
        }
        return corrected;
    }
}
