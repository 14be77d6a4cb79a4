package org.resilientmail.reply;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a reply means and what follows from it. Immutable.
 *
 * @param kind what went wrong
 * @param scope what else it will hit
 * @param retry whether trying again can help
 * @param how how a retry has to be made
 * @param waitHint the wait the reply names, or the rule's default; empty where back-off decides
 * @param limit the limit the reply speaks of, if any
 * @param limitValue the number the reply gives for {@code limit} (a count, octets, or seconds), if any
 * @param reason a short stable token for machines, such as {@code messages-per-session}
 * @param ruleId the rule that decided
 * @param source the document that rule comes from
 * @param advice what it means and what to do, in one or two sentences for the person who reads the log
 */
public record Classification(
        FailureKind kind,
        Scope scope,
        RetryAdvice retry,
        RetryHow how,
        Optional<Duration> waitHint,
        Optional<LimitKind> limit,
        OptionalLong limitValue,
        String reason,
        String ruleId,
        String source,
        String advice) {

    /**
     * Checks that nothing is {@code null}.
     *
     * @param kind what went wrong
     * @param scope what else it will hit
     * @param retry whether trying again can help
     * @param how how a retry has to be made
     * @param waitHint the wait the reply names, or the rule's default; empty where back-off decides
     * @param limit the limit the reply speaks of, if any
     * @param limitValue the number the reply gives for {@code limit} (a count, octets, or seconds), if any
     * @param reason a short stable token for machines, such as {@code messages-per-session}
     * @param ruleId the rule that decided
     * @param source the document that rule comes from
     * @param advice what it means and what to do, in one or two sentences for the person who reads the log
     */
    public Classification {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(waitHint, "waitHint");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(limitValue, "limitValue");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(advice, "advice");
    }
}
