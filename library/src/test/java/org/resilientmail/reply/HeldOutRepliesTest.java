package org.resilientmail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How well the rules do on replies they were not made for. */
class HeldOutRepliesTest {

    private static final List<LabelledReply> REPLIES = LabelledReply.read("held-out-replies.tsv");

    @Test
    void atLeastNineOfTenKindsAreRight() {
        assertThat(share(LabelledReply::isKindRight))
                .as(() -> "wrong: "
                        + REPLIES.stream().filter(reply -> !reply.isKindRight()).toList())
                .isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void atLeastNinetyThreeOfAHundredRetryAdvicesAreRight() {
        assertThat(share(LabelledReply::isAdviceRight)).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void noLookAlikeIsTakenForAnother() {
        assertThat(REPLIES).noneMatch(LabelledReply::isLookAlikeConfused);
    }

    private static double share(Predicate<LabelledReply> right) {
        return (double) REPLIES.stream().filter(right).count() / REPLIES.size();
    }
}
