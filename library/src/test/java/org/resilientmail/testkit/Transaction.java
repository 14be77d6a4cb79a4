package org.resilientmail.testkit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** One mail transaction in the making: from an accepted MAIL to the final dot or to RSET. For one thread. */
final class Transaction {

    private final String sender;
    private final String senderParameters;
    private final List<String> recipients = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Transaction(String sender, String senderParameters) {
        this.sender = sender;
        this.senderParameters = senderParameters;
    }

    String sender() {
        return sender;
    }

    String senderParameters() {
        return senderParameters;
    }

    List<String> recipients() {
        return List.copyOf(recipients);
    }

    void addRecipient(String recipient) {
        recipients.add(recipient);
    }

    void append(byte[] bytes, int offset, int length) {
        content.write(bytes, offset, length);
    }

    int size() {
        return content.size();
    }

    byte[] content() {
        return content.toByteArray();
    }
}
