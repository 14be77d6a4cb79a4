package org.resilientmail.reply;

/**
 * What many rules say in their own ways: a kind with its reason, and what follows from it unless a rule says otherwise.
 *
 * @param kind what went wrong
 * @param reason a short stable token
 * @param scope what else it hits; {@code null} where the phase decides
 * @param onTransient whether a retry helps after a 4yz reply
 * @param onPermanent whether a retry helps after a 5yz reply, or one without a code
 * @param how how a retry has to be made
 * @param pause where the wait comes from
 * @param limit the limit it speaks of, or {@code null}
 * @param advice for the person who reads the log
 */
record Meaning(
        FailureKind kind,
        String reason,
        Scope scope,
        Retry onTransient,
        Retry onPermanent,
        RetryHow how,
        WaitPolicy pause,
        LimitKind limit,
        String advice) {

    /**
     * Whether a retry helps.
     *
     * @param advice the answer
     * @param open whether words such as "try again later" may change it
     */
    record Retry(RetryAdvice advice, boolean open) {

        static Retry parse(String token) throws BadColumn {
            boolean open = token.endsWith("?");
            String name = open ? token.substring(0, token.length() - 1) : token;
            return new Retry(Columns.constant(RetryAdvice.class, "retry", name), open);
        }
    }
}
