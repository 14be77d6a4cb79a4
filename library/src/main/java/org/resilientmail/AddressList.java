package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.resilientmail.smtp.CommandValues;

/**
 * Checks what a caller gave as recipients before anything is sent, and makes a plain list of it: groups are expanded as
 * Angus does, and an address given twice is sent to once.
 */
final class AddressList {

    private AddressList() {}

    /**
     * Checks and expands.
     *
     * @param addresses what the caller gave
     * @param utf8 whether UTF-8 may stand in commands
     * @return the recipients, at least one, each once, in order
     * @throws MessagingException of the type Angus throws for the same mistake; nothing was sent
     */
    static List<InternetAddress> of(Address[] addresses, boolean utf8) throws MessagingException {
        if (addresses == null || addresses.length == 0) {
            throw new SendFailedException(
                    "No recipient addresses" + (addresses == null ? " (null)" : "") + "; allowed: at least one");
        }
        if (addresses.length == 1 && addresses[0] instanceof InternetAddress only && !only.isGroup()) {
            return List.of(checked(only, utf8, addresses));
        }
        Map<String, InternetAddress> distinct = new LinkedHashMap<>();
        for (int i = 0; i < addresses.length; i++) {
            if (!(addresses[i] instanceof InternetAddress given)) {
                throw new MessagingException(notInternet(addresses[i], i, addresses.length));
            }
            try {
                for (InternetAddress single : expanded(given)) {
                    check(single, utf8);
                    distinct.putIfAbsent(identity(single.getAddress()), single);
                }
            } catch (AddressException | IllegalArgumentException mistake) {
                throw refused(mistake, given, addresses);
            }
        }
        if (distinct.isEmpty()) {
            // Beside others an empty group is everyday practice ("undisclosed-recipients:;").
            throw new SendFailedException(
                    "No recipient addresses: the group '"
                            + CommandValues.shown(((InternetAddress) addresses[0]).getAddress())
                            + "' has no members; allowed: at least one address, as in NAME:address;",
                    null,
                    null,
                    null,
                    addresses.clone());
        }
        return new ArrayList<>(distinct.values());
    }

    private static InternetAddress checked(InternetAddress only, boolean utf8, Address[] addresses)
            throws SendFailedException {
        try {
            check(only, utf8);
            return only;
        } catch (AddressException | IllegalArgumentException mistake) {
            throw refused(mistake, only, addresses);
        }
    }

    private static String notInternet(Address address, int index, int count) {
        return CommandValues.shown(String.valueOf(address)) + " is not an InternetAddress: recipient " + (index + 1)
                + " of " + count
                + (address == null ? "" : ", a " + address.getClass().getName())
                + "; allowed: " + InternetAddress.class.getName() + ". Nothing was sent.";
    }

    private static List<InternetAddress> expanded(InternetAddress given) throws AddressException {
        if (!given.isGroup()) {
            return List.of(given);
        }
        InternetAddress[] members;
        try {
            members = given.getGroup(true);
        } catch (AddressException e) {
            throw new AddressException("The group address '" + CommandValues.shown(given.getAddress())
                    + "' cannot be read: " + CommandValues.shown(e.getMessage())
                    + "; allowed: NAME:address, address;. Nothing was sent.");
        }
        return members == null ? List.of(given) : List.of(members);
    }

    private static void check(InternetAddress single, boolean utf8) throws AddressException {
        String text = single.getAddress();
        if (text == null || text.isBlank()) {
            throw new AddressException(notAnAddress(text, "is empty"));
        }
        if (single.isGroup()) {
            throw new AddressException(
                    notAnAddress(text, "is a group within a group, which RFC 5322 section 3.4 does not know"));
        }
        Optional<String> mistake = CommandValues.mistakeIn(text, utf8);
        if (mistake.isPresent()) {
            // The type callers find as the cause when Angus refuses to put such a character into a command.
            throw new IllegalArgumentException(notAnAddress(text, mistake.get()));
        }
    }

    private static String notAnAddress(String text, String mistake) {
        return "The recipient address '" + CommandValues.shown(text) + "' " + mistake
                + "; allowed: local-part@domain. Nothing was sent.";
    }

    private static SendFailedException refused(Exception mistake, Address given, Address[] all) {
        Address[] others = Arrays.stream(all)
                .filter(other -> other != null && other != given)
                .toArray(Address[]::new);
        return new SendFailedException(mistake.getMessage(), mistake, null, others, new Address[] {given});
    }

    /** Local parts differ by case (RFC 5321 section 2.4), domains do not. */
    private static String identity(String address) {
        int at = address.lastIndexOf('@');
        return at < 0
                ? address
                : address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
    }
}
