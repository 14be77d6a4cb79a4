package org.resilientmail.example;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads recipients from a file: one address per line, UTF-8; what follows a {@code #} at a line's start is a comment. */
final class RecipientsFile {

    private static final int SHOWN = 80;

    private RecipientsFile() {}

    /**
     * Reads all recipients.
     *
     * @return the recipients in the file's order, at least one
     * @throws UsageException if the file cannot be read, a line is not an address, an address is there twice, or there
     *     is none
     */
    static List<InternetAddress> read(Path file) {
        List<InternetAddress> recipients = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            InternetAddress address = address(file, number, text);
            Integer before = seen.putIfAbsent(SendResult.key(address), number);
            if (before != null) {
                throw new UsageException("%s, line %d: \"%s\" is already in line %d; nobody wants the newsletter twice"
                        .formatted(file, number, shown(text), before));
            }
            recipients.add(address);
        }
        if (recipients.isEmpty()) {
            throw new UsageException(file + ": no recipients in it; one address per line is expected");
        }
        return List.copyOf(recipients);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new UsageException(file + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new UsageException(file + ": is not UTF-8 text");
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private static InternetAddress address(Path file, int number, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.isGroup()) {
                throw new AddressException("a group is not an address");
            }
            return address;
        } catch (AddressException e) {
            throw new UsageException("%s, line %d: \"%s\" is not a mail address (%s)"
                    .formatted(file, number, shown(text), e.getMessage()));
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }
}
