package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.reply.LimitKind;

class TallyTest {

    private static final String ACCOUNT = "smtp://news@127.0.0.1:25";

    private final Tally tally = new Tally();

    @Test
    void counts_sessions_and_why_they_were_replaced() {
        tally.on(new DeliveryEvent.SessionOpened(ACCOUNT, 1));
        tally.on(new DeliveryEvent.SessionOpened(ACCOUNT, 2));
        tally.on(new DeliveryEvent.SessionOpened(ACCOUNT, 2));
        tally.on(new DeliveryEvent.SessionClosed(ACCOUNT, 20, "max-messages"));
        tally.on(new DeliveryEvent.SessionClosed(ACCOUNT, 7, "max-lifetime"));
        tally.on(new DeliveryEvent.SessionClosed(ACCOUNT, 3, "shutdown"));
        assertThat(tally.counts().sessions()).isEqualTo(3);
        assertThat(tally.counts().rotations()).isEqualTo(2);
        assertThat(tally.counts().closed()).containsEntry("shutdown", 1).hasSize(3);
    }

    @Test
    void counts_waits_by_reason() {
        tally.on(new DeliveryEvent.Waiting(ACCOUNT, "rate", Duration.ofMillis(300)));
        tally.on(new DeliveryEvent.Waiting(ACCOUNT, "rate", Duration.ofMillis(200)));
        tally.on(new DeliveryEvent.Waiting(ACCOUNT, "retry", Duration.ofSeconds(2)));
        assertThat(tally.counts().waits()).isEqualTo(Map.of("rate", 2, "retry", 1));
    }

    @Test
    void counts_splits_envelopes_and_learned_limits() {
        tally.on(new DeliveryEvent.Split(ACCOUNT, Optional.empty(), 120, 3));
        tally.on(new DeliveryEvent.Accepted(ACCOUNT, Optional.empty(), 50));
        tally.on(new DeliveryEvent.LimitLearned(ACCOUNT, LimitKind.RECIPIENTS_PER_MESSAGE, 50));
        Tally.Counts counts = tally.counts();
        assertThat(counts.splits()).isEqualTo(1);
        assertThat(counts.splitEnvelopes()).isEqualTo(3);
        assertThat(counts.accepted()).isEqualTo(1);
        assertThat(counts.learned()).isEqualTo(Map.of("RECIPIENTS_PER_MESSAGE", 50L));
    }
}
