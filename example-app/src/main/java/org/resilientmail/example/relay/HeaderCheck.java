package org.resilientmail.example.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/** The provider's rules for the header: exactly one author, of the authenticated user's domain. */
final class HeaderCheck {

    private HeaderCheck() {}

    static Optional<String> refusal(byte[] data, String domain) {
        try {
            String from = new InternetHeaders(new ByteArrayInputStream(data)).getHeader("From", ",");
            InternetAddress[] authors = InternetAddress.parseHeader(from == null ? "" : from, true);
            if (authors.length == 0) {
                return Optional.of(Replies.BAD_MIME);
            }
            if (authors.length > 1) {
                return Optional.of(Replies.SEVERAL_FROM);
            }
            String address = authors[0].getAddress();
            boolean own = address.substring(address.lastIndexOf('@') + 1).equalsIgnoreCase(domain);
            return own ? Optional.empty() : Optional.of(Replies.FOREIGN_FROM);
        } catch (MessagingException e) {
            return Optional.of(Replies.BAD_MIME);
        }
    }
}
