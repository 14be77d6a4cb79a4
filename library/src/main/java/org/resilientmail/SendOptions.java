package org.resilientmail;

import jakarta.mail.Message;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.PropUtil;

/**
 * What the application asked for in this send, from the message's own options, its transport and its properties.
 *
 * @param properties the sender's Session properties
 * @param sendPartial see {@link SMTPMessage#setSendPartial}
 * @param reportSuccess see {@link org.eclipse.angus.mail.smtp.SMTPTransport#setReportSuccess}
 * @param allow8bit see {@link SMTPMessage#setAllow8bitMIME}
 */
record SendOptions(Properties properties, boolean sendPartial, boolean reportSuccess, boolean allow8bit) {

    static SendOptions of(Message message, Properties properties, String protocol, boolean reportSuccess) {
        SMTPMessage own = message instanceof SMTPMessage smtp ? smtp : null;
        String prefix = "mail." + protocol + ".";
        return new SendOptions(
                properties,
                own != null && own.getSendPartial()
                        || PropUtil.getBooleanProperty(properties, prefix + "sendpartial", false),
                reportSuccess,
                own != null && own.getAllow8bitMIME()
                        || PropUtil.getBooleanProperty(properties, prefix + "allow8bitmime", false));
    }

    /** Without the properties: these may have a password among them. */
    @Override
    public String toString() {
        return "SendOptions[sendPartial=" + sendPartial + ", reportSuccess=" + reportSuccess + ", allow8bit="
                + allow8bit + "]";
    }
}
