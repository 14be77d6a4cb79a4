package org.resilientmail.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.resilientmail.reply.SmtpReply;

/** How a reply has to look before anything is built upon it. */
final class ReplyText {

    private static final int CODE = 3;

    private ReplyText() {}

    /** Reads a reply; words that begin right after the code, as in {@code 250OK}, are let pass, as every client does. */
    static SmtpReply read(String raw) {
        SmtpReply reply = SmtpReply.parse(raw);
        boolean runsOn = reply.code() == 0 && raw.length() > CODE && Character.isLetter(raw.charAt(CODE));
        return runsOn ? SmtpReply.parse(raw.substring(0, CODE) + " " + raw.substring(CODE)) : reply;
    }

    /**
     * Whether all lines say the same, as RFC 5321 section 4.2.1 demands: a reply that begins with 250 and ends with 550
     * is neither an acceptance nor a refusal. Codes of one class (the first digit) do not contradict each other.
     */
    static boolean isConsistent(String raw) {
        if (raw.isEmpty()) {
            return false;
        }
        char verdict = raw.charAt(0);
        for (String line : lines(raw)) {
            if (line.isEmpty() || line.charAt(0) != verdict) {
                return false;
            }
        }
        return true;
    }

    /** The extensions in a reply to EHLO: upper-case names with their parameters (RFC 5321 section 4.1.1.1). */
    static Map<String, String> extensions(String raw) {
        Map<String, String> found = new LinkedHashMap<>();
        List<String> lines = lines(raw);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (line.length() > CODE + 1) {
                String[] words = line.substring(CODE + 1).split(" ", 2);
                found.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
            }
        }
        return Map.copyOf(found);
    }

    /** As {@link String#lines}, without a stream: this is asked of every reply, from the first on. */
    private static List<String> lines(String raw) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < raw.length()) {
            int end = from;
            while (end < raw.length() && raw.charAt(end) != '\n' && raw.charAt(end) != '\r') {
                end++;
            }
            lines.add(raw.substring(from, end));
            boolean both = raw.startsWith("\r\n", end);
            from = end + (both ? 2 : 1);
        }
        return lines;
    }
}
