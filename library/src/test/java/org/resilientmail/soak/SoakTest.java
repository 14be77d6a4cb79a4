package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.testkit.Fault;

class SoakTest {

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void twenty_thousand_messages_among_faults_and_limits_end_as_the_callers_were_told() {
        SoakOptions options = SoakOptions.usual(Long.getLong("soak.seed", System.nanoTime()));
        SoakResult result = SoakRun.of(options);
        System.out.println(result.summary());
        assertThat(result.broken())
                .as("%s; again with -Dsoak.seed=%d", result.summary(), options.seed())
                .isEmpty();
        assertThatItWasHard(result);
        assertThat(result.sentShare()).as(result.summary()).isGreaterThan(0.75);
    }

    /** Nothing is proven by a run without faults, or one that stays below its limits. */
    private static void assertThatItWasHard(SoakResult result) {
        assertThat((double) result.faultCount() / result.commands()).isCloseTo(0.1, within(0.02));
        assertThat(result.faults().keySet())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Fault.PLAINTEXT_IN_TLS)));
        assertThat(RecipientState.values())
                .allSatisfy(state -> assertThat(result.count(state)).isPositive());
        assertThat(result.trespasses()).isPositive();
        assertThat(result.repeated()).isPositive();
        assertThat(result.rateWaits()).isPositive();
        for (LimitWatch.Peak peak : result.peaks()) {
            SoakAccount account = peak.account();
            assertThat(peak.sessions()).as("sessions of %s", peak).isEqualTo(account.maxSessions());
            assertThat(peak.messages()).as("messages of %s", peak).isEqualTo(account.maxMessages());
            assertThat(peak.recipients()).as("recipients of %s", peak).isEqualTo(account.maxRecipients());
        }
    }
}
