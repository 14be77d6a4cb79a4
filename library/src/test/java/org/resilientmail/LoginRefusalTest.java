package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginRefusalTest {

    @Test
    void keeps_nothing_of_the_call_that_met_it() {
        Setback met =
                Setback.own(OwnFailures.tooManyRecipients(), "535 no", new AuthenticationFailedException("535 no"));
        LoginRefusal refusal = new LoginRefusal(met, 0, Duration.ofMinutes(1).toNanos());

        assertThat(met.thrown()).isPresent();
        assertThat(refusal.setback().thrown())
                .as("its stack holds the classes of the application")
                .isEmpty();
        assertThat(refusal.setback().words()).isEqualTo("535 no");
        assertThat(refusal.at(1))
                .hasValueSatisfying(again -> assertThat(again.thrown()).isEmpty());
    }
}
