package org.resilientmail.reply;

import java.util.List;

/**
 * One line of a rule file. Immutable.
 *
 * @param line where it stands in its file, counted from 1
 * @param id unique in its file
 * @param phases the phases it is for
 * @param codes the codes it is for
 * @param enhanced the enhanced codes it is for; empty for any and none
 * @param condition what it wants of the text
 * @param meaning what it concludes; {@code null} for a hint, which only says whether a retry helps
 * @param overrides where it differs from its meaning
 * @param source the document it comes from
 * @param example a reply it is meant for; empty where a user's rule gives none
 */
record Rule(
        int line,
        String id,
        PhaseSet phases,
        CodeSet codes,
        List<EnhancedPattern> enhanced,
        TextCondition condition,
        Meaning meaning,
        Overrides overrides,
        String source,
        String example) {

    boolean isHint() {
        return meaning == null;
    }

    /** {@return whether everything but the text fits} */
    boolean admits(SmtpPhase phase, SmtpReply reply) {
        return phases.includes(phase) && codes.includes(reply) && (enhanced.isEmpty() || hasEnhanced(reply));
    }

    private boolean hasEnhanced(SmtpReply reply) {
        for (EnhancedPattern pattern : enhanced) {
            if (pattern.matches(reply)) {
                return true;
            }
        }
        return false;
    }

    RuleSummary summary() {
        return new RuleSummary(
                id,
                isHint() ? "HINT" : meaning.kind().name(),
                isHint() ? "retry-" + overrides.retry() : overrides.reasonOr(meaning.reason()),
                source,
                example,
                phases.representative());
    }
}
