package org.resilientmail.smtp;

import java.util.Objects;
import org.resilientmail.config.TransferSettings;

/**
 * How one envelope is sent.
 *
 * @param sendPartial whether to deliver to some recipients when others are refused
 * @param reportSuccess see {@link org.eclipse.angus.mail.smtp.SMTPTransport#setReportSuccess}
 * @param how how it is handed over, as far as the relay announces that it can
 */
public record TransferOptions(boolean sendPartial, boolean reportSuccess, TransferSettings how) {

    /**
     * Options.
     *
     * @param sendPartial see {@link #sendPartial()}
     * @param reportSuccess see {@link #reportSuccess()}
     * @param how see {@link #how()}
     * @throws NullPointerException if {@code how} is null
     */
    public TransferOptions {
        Objects.requireNonNull(how, "how");
    }
}
