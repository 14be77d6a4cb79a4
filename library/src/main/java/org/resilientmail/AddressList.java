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

/**
 * Checks what a caller gave as recipients before anything is sent, and makes a plain list of it: groups are expanded as
 * Angus does, and an address given twice is sent to once.
 */
final class AddressList {

    private static final int SHOWN = 100;

    private AddressList() {}

    /**
     * Checks and expands.
     *
     * @param addresses what the caller gave
     * @return the recipients, at least one, each once, in order
     * @throws MessagingException of the type Angus throws for the same mistake; nothing was sent
     */
    static List<InternetAddress> of(Address[] addresses) throws MessagingException {
        if (addresses == null || addresses.length == 0) {
            throw new SendFailedException("No recipient addresses");
        }
        Map<String, InternetAddress> distinct = new LinkedHashMap<>();
        for (Address address : addresses) {
            for (InternetAddress single : expanded(address)) {
                check(single, addresses);
                distinct.putIfAbsent(identity(single.getAddress()), single);
            }
        }
        return new ArrayList<>(distinct.values());
    }

    private static List<InternetAddress> expanded(Address address) throws MessagingException {
        if (!(address instanceof InternetAddress internet)) {
            throw new MessagingException(address + " is not an InternetAddress");
        }
        if (!internet.isGroup()) {
            return List.of(internet);
        }
        InternetAddress[] members;
        try {
            members = internet.getGroup(true);
        } catch (AddressException e) {
            throw new SendFailedException(
                    "The group address " + shown(internet.getAddress()) + " cannot be read: " + e.getMessage()
                            + "; allowed: NAME:address, address;",
                    e,
                    null,
                    null,
                    new Address[] {internet});
        }
        if (members == null || members.length == 0) {
            throw new SendFailedException(
                    "The group address " + shown(internet.getAddress())
                            + " has no members; allowed: at least one address in NAME:address;",
                    null,
                    null,
                    null,
                    new Address[] {internet});
        }
        return List.of(members);
    }

    private static void check(InternetAddress address, Address[] all) throws SendFailedException {
        String text = address.getAddress();
        String mistake = null;
        if (text == null || text.isBlank()) {
            mistake = "is empty";
        } else if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            mistake = "has a control character (a line break, for instance), which no SMTP command may have";
        }
        if (mistake != null) {
            List<Address> others = new ArrayList<>(Arrays.asList(all));
            others.remove(address);
            throw new SendFailedException(
                    "The recipient address '" + shown(text) + "' " + mistake
                            + "; allowed: local-part@domain. Nothing was sent.",
                    null,
                    null,
                    others.toArray(Address[]::new),
                    new Address[] {address});
        }
    }

    /** Local parts differ by case (RFC 5321 section 2.4), domains do not. */
    private static String identity(String address) {
        int at = address.lastIndexOf('@');
        return at < 0
                ? address
                : address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (c < ' ' || c == 0x7f) {
                safe.append(String.format("\\x%02x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return text.length() > SHOWN ? safe + "..." : safe.toString();
    }
}
