package org.resilientmail.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * The exception Angus throws for a success where {@code mail.smtp.reportsuccess} asks for it: return code 250, the
 * addresses sent to, and one {@code SMTPAddressSucceededException} for each in its chain.
 */
public final class SuccessReport {

    private SuccessReport() {}

    /**
     * Joins the reports of all envelopes.
     *
     * @param reports what Angus threw for each envelope, at least one
     * @param sent every address sent to
     * @param lastResponse the relay's last reply
     * @return one report for all
     */
    public static MessagingException of(List<MessagingException> reports, Address[] sent, String lastResponse) {
        if (reports.size() == 1 && namesAll(reports.get(0), sent)) {
            return reports.get(0);
        }
        // An envelope's own report may list as unsent whom a later one was sent to.
        Exception chain = reports.get(0).getNextException();
        if (chain instanceof MessagingException first) {
            reports.stream()
                    .skip(1)
                    .map(MessagingException::getNextException)
                    .filter(next -> next != null && next != first)
                    .forEach(first::setNextException);
        }
        return new SMTPSendFailedException(".", 250, lastResponse, chain, sent, new Address[0], new Address[0]);
    }

    private static boolean namesAll(MessagingException report, Address[] sent) {
        return report instanceof SMTPSendFailedException angus
                && angus.getReturnCode() == 250
                && Arrays.equals(angus.getValidSentAddresses(), sent);
    }
}
