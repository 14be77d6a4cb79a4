package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.pool.PoolLimits;
import org.resilientmail.reply.LimitKind;

class LearnedLimitsTest {

    private final LearnedLimits learned = new LearnedLimits();
    private final ResilientConfig config = ResilientConfig.builder()
            .sessionMaxOpen(6)
            .sessionMaxMessages(40)
            .sessionMaxLifetime(Duration.ofMinutes(5))
            .sessionMaxIdle(Duration.ofSeconds(30))
            .sessionMaxWait(Duration.ofSeconds(7))
            .messageMaxRecipients(80)
            .build();

    @Test
    void without_a_lesson_the_configuration_holds() {
        assertThat(learned.poolLimits(config))
                .isEqualTo(new PoolLimits(6, 40, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(7)));
        assertThat(learned.maxRecipients(config)).isEqualTo(80);
        assertThat(learned.get(LimitKind.SESSIONS_AT_ONCE)).isEmpty();
    }

    @Test
    void what_was_learned_holds_where_it_is_lower() {
        learned.learn(LimitKind.SESSIONS_AT_ONCE, 2);
        learned.learn(LimitKind.MESSAGES_PER_SESSION, 20);
        learned.learn(LimitKind.SESSION_LIFETIME, Duration.ofMinutes(1).toNanos());
        learned.learn(LimitKind.SESSION_IDLE, Duration.ofSeconds(10).toNanos());
        learned.learn(LimitKind.RECIPIENTS_PER_MESSAGE, 50);
        assertThat(learned.poolLimits(config))
                .isEqualTo(new PoolLimits(2, 20, Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(7)));
        assertThat(learned.maxRecipients(config)).isEqualTo(50);
    }

    @Test
    void a_relay_that_allows_more_does_not_raise_what_is_configured() {
        learned.learn(LimitKind.SESSIONS_AT_ONCE, Long.MAX_VALUE);
        learned.learn(LimitKind.MESSAGES_PER_SESSION, 1L << 40);
        learned.learn(LimitKind.SESSION_LIFETIME, Duration.ofHours(1).toNanos());
        learned.learn(LimitKind.RECIPIENTS_PER_MESSAGE, 100);
        assertThat(learned.poolLimits(config))
                .isEqualTo(new PoolLimits(6, 40, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(7)));
        assertThat(learned.maxRecipients(config)).isEqualTo(80);
    }

    @Test
    void a_limit_is_only_ever_lowered_and_news_only_then() {
        assertThat(learned.learn(LimitKind.MESSAGES_PER_SESSION, 20)).isTrue();
        assertThat(learned.learn(LimitKind.MESSAGES_PER_SESSION, 20)).isFalse();
        assertThat(learned.learn(LimitKind.MESSAGES_PER_SESSION, 30)).isFalse();
        assertThat(learned.learn(LimitKind.MESSAGES_PER_SESSION, 10)).isTrue();
        assertThat(learned.get(LimitKind.MESSAGES_PER_SESSION)).hasValue(10);
    }

    @Test
    void nothing_is_not_a_limit() {
        assertThat(learned.learn(LimitKind.MESSAGES_PER_SESSION, 0)).isFalse();
        assertThat(learned.learn(LimitKind.SESSIONS_AT_ONCE, -1)).isFalse();
        assertThat(learned.poolLimits(config).maxUses()).isEqualTo(40);
    }
}
