package org.resilientmail.testkit;

import java.util.Locale;
import java.util.Optional;

/**
 * The argument of MAIL and RCPT (RFC 5321 section 4.1.1.2 and 4.1.1.3). Immutable.
 *
 * @param address what stands between the angle brackets; empty for the null sender
 * @param parameters what follows them, such as {@code SIZE=100}; may be empty
 */
record SmtpPath(String address, String parameters) {

    /** Parses {@code FROM:<a@example.com> SIZE=100}; empty where that is not what it looks like. */
    static Optional<SmtpPath> parse(String argument, String keyword) {
        String prefix = keyword + ":";
        if (!argument.toUpperCase(Locale.ROOT).startsWith(prefix)) {
            return Optional.empty();
        }
        String path = argument.substring(prefix.length()).strip();
        int end = closingBracket(path);
        if (end < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new SmtpPath(path.substring(1, end), path.substring(end + 1).strip()));
    }

    /** The value of the SIZE parameter (RFC 1870), or -1. */
    long size() {
        for (String parameter : parameters.split(" ")) {
            if (parameter.toUpperCase(Locale.ROOT).matches("SIZE=\\d{1,18}")) {
                return Long.parseLong(parameter.substring("SIZE=".length()));
            }
        }
        return -1;
    }

    private static int closingBracket(String path) {
        if (!path.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
