package org.resilientmail.reply;

/**
 * Where a rule differs from its meaning; {@code null} stands for "as the meaning says". Immutable.
 *
 * @param retry whether a retry helps
 * @param how how it has to be made
 * @param scope what else it hits
 * @param pause where the wait comes from
 * @param limit the limit it speaks of
 * @param reason the machine token
 * @param advice for the person who reads the log
 */
record Overrides(
        RetryAdvice retry, RetryHow how, Scope scope, WaitPolicy pause, LimitKind limit, String reason, String advice) {

    private static final String ALLOWED = "- or retry=, how=, scope=, wait=, limit=, reason= joined by spaces";

    /** Reads {@code retry=later wait=5m}; {@code advice} may be empty. */
    static Overrides parse(String column, String advice) throws BadColumn {
        RetryAdvice retry = null;
        RetryHow how = null;
        Scope scope = null;
        WaitPolicy pause = null;
        LimitKind limit = null;
        String reason = null;
        for (String item : column.equals("-") ? new String[0] : column.split(" +")) {
            int equals = item.indexOf('=');
            String value = item.substring(equals + 1);
            switch (equals < 0 ? "" : item.substring(0, equals)) {
                case "retry" -> retry = Columns.constant(RetryAdvice.class, "retry", value);
                case "how" -> how = Columns.how(value);
                case "scope" -> scope = Columns.scope(value);
                case "wait" -> pause = WaitPolicy.parse(value);
                case "limit" -> limit = Columns.limit(value);
                case "reason" -> reason = token(value);
                default -> throw new BadColumn("overrides", item, ALLOWED);
            }
        }
        return new Overrides(retry, how, scope, pause, limit, reason, advice.isEmpty() ? null : advice);
    }

    private static String token(String value) throws BadColumn {
        boolean plain = !value.isEmpty()
                && value.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        if (!plain) {
            throw new BadColumn("reason", value, "lower-case letters, digits and hyphens");
        }
        return value;
    }

    String reasonOr(String meant) {
        return reason == null ? meant : reason;
    }
}
