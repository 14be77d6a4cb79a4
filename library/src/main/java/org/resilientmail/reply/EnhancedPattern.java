package org.resilientmail.reply;

import java.util.ArrayList;
import java.util.List;

/**
 * An enhanced code as a rule names it: {@code X.7.1} for any class, {@code 4.7.1}, {@code X.7.*}. The class is compared
 * with the reply's effective class, because servers get it wrong more often than the basic code. Immutable.
 */
record EnhancedPattern(int statusClass, int subject, int firstDetail, int lastDetail) {

    static final String ALLOWED = "* or a list of X.7.1, 4.7.1, X.7.500-699, X.7.*";

    private static final int ANY = -1;

    /** {@return the patterns of a column; an empty list takes every reply, with an enhanced code or without} */
    static List<EnhancedPattern> parse(String column) throws BadColumn {
        List<EnhancedPattern> patterns = new ArrayList<>();
        if (column.equals("*")) {
            return patterns;
        }
        for (String item : column.split(",", -1)) {
            String[] parts = item.strip().split("\\.", -1);
            if (parts.length != 3) {
                throw new BadColumn("enhanced", column, ALLOWED);
            }
            String[] details = parts[2].equals("*") ? new String[] {"0", "999"} : parts[2].split("-", 2);
            patterns.add(new EnhancedPattern(
                    parts[0].equals("X") ? ANY : number(parts[0], column),
                    number(parts[1], column),
                    number(details[0], column),
                    number(details[details.length - 1], column)));
        }
        return List.copyOf(patterns);
    }

    private static int number(String digits, String column) throws BadColumn {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadColumn("enhanced", column, ALLOWED);
        }
        return Integer.parseInt(digits);
    }

    boolean matches(SmtpReply reply) {
        EnhancedStatus status = reply.enhancedOrNull();
        return status != null
                && (statusClass == ANY || statusClass == reply.effectiveClass())
                && subject == status.subject()
                && firstDetail <= status.detail()
                && status.detail() <= lastDetail;
    }
}
