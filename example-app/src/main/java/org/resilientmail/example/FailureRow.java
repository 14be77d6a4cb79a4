package org.resilientmail.example;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientState;

/**
 * Failures that are alike.
 *
 * @param type the exception's simple name
 * @param kind the library's kind, or a dash where the exception is not the library's
 * @param reply what the relay said, or the exception's message where it said nothing
 * @param advice what to do, or a dash where the exception gives none
 * @param messages messages that failed so
 * @param recipients their recipients that got nothing for certain or perhaps
 */
record FailureRow(String type, String kind, String reply, String advice, int messages, long recipients) {

    private static final String NONE = "-";

    /** Puts failures that are alike together, the most frequent first. */
    static List<FailureRow> of(List<SendResult> results) {
        Map<String, FailureRow> rows = new LinkedHashMap<>();
        for (SendResult result : results) {
            result.failure()
                    .map(failure -> row(failure, result))
                    .ifPresent(row -> rows.merge(row.type + row.kind + row.reply, row, FailureRow::plus));
        }
        List<FailureRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparingInt(FailureRow::messages).reversed());
        return List.copyOf(sorted);
    }

    private static FailureRow row(Exception failure, SendResult result) {
        long missed = result.states().size() - result.count(RecipientState.SENT);
        String type = failure.getClass().getSimpleName();
        if (failure instanceof MailFailure typed) {
            String reply = typed.reply().map(Object::toString).orElseGet(() -> wordsOf(failure, typed));
            return new FailureRow(type, typed.kind().name(), reply, typed.advice(), 1, missed);
        }
        return new FailureRow(type, NONE, firstLine(innermost(failure)), NONE, 1, missed);
    }

    private FailureRow plus(FailureRow other) {
        return new FailureRow(type, kind, reply, advice, messages + other.messages, recipients + other.recipients);
    }

    /** Angus hangs what the relay said of one address below an exception that says nothing of it. */
    private static Exception innermost(Exception failure) {
        Exception current = failure;
        while (current instanceof MessagingException mail && mail.getNextException() != null) {
            current = mail.getNextException();
        }
        return current;
    }

    /** Without what the columns for kind and advice say already. */
    private static String wordsOf(Exception failure, MailFailure typed) {
        String line = firstLine(failure);
        int meaning = line.indexOf(" [" + typed.kind());
        return meaning < 0 ? line : line.substring(0, meaning);
    }

    private static String firstLine(Exception failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        return message.lines().findFirst().orElse(NONE);
    }
}
