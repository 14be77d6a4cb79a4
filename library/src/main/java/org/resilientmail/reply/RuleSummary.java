package org.resilientmail.reply;

import java.util.Objects;

/**
 * A rule as it is listed for a reader. Immutable.
 *
 * @param id what {@link Classification#ruleId()} gives
 * @param kind the name of the {@link FailureKind}, or {@code HINT} for a rule that only says whether a retry helps
 * @param reason the machine token, as {@link Classification#reason()}
 * @param source the document the rule comes from
 * @param example a reply the rule is meant for; empty if it has none
 * @param phase a phase in which the example is given
 */
public record RuleSummary(String id, String kind, String reason, String source, String example, SmtpPhase phase) {

    /**
     * Checks that nothing is {@code null}.
     *
     * @param id what {@link Classification#ruleId()} gives
     * @param kind the name of the {@link FailureKind}, or {@code HINT} for a rule that only says whether a retry helps
     * @param reason the machine token, as {@link Classification#reason()}
     * @param source the document the rule comes from
     * @param example a reply the rule is meant for; empty if it has none
     * @param phase a phase in which the example is given
     */
    public RuleSummary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(example, "example");
        Objects.requireNonNull(phase, "phase");
    }
}
