package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {

    static Stream<String> names() {
        return Profiles.all().keySet().stream();
    }

    @Test
    void the_profiles_of_the_documentation_are_there() {
        assertThat(Profiles.all().keySet())
                .contains("relay-50-20", "sendgrid", "ses", "microsoft365", "gmail-relay", "postfix");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_profile_names_its_source_and_sets_known_keys_only(String name) {
        Set<String> limits = Profiles.all().get(name).keySet();

        assertThat(Profiles.all().get(name).get("source")).isNotBlank();
        assertThat(limits)
                .hasSizeGreaterThan(1)
                .allSatisfy(key -> assertThat(key)
                        .matches(k -> k.equals("source") || ConfigKeys.SETTINGS.containsKey(k), "a known key")
                        .isNotIn("enabled", "config", "profile", "replies", "retry.uncertain"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_profile_has_good_values_and_is_used(String name) {
        ResilientConfig config = Given.general("profile", name);

        assertThat(config)
                .isNotNull()
                .isEqualTo(ResilientConfig.builder().profile(name).build());
    }

    @Test
    void the_relay_of_50_and_20_is_kept_below_its_limits() {
        ResilientConfig config = Given.general("profile", "relay-50-20");

        assertThat(config.maxRecipients()).isEqualTo(50);
        assertThat(config.session().maxMessages()).isEqualTo(20);
        assertThat(config.session().maxOpen()).isEqualTo(2);
        assertThat(config.session().maxLifetime()).isLessThan(Duration.ofMinutes(30));
        assertThat(config.session().maxIdle()).isLessThan(Duration.ofSeconds(120));
    }

    @Test
    void the_rates_of_a_profile_keep_any_window_of_the_provider() {
        assertThat(atMost(Given.general("profile", "microsoft365").rate().messages(), Duration.ofMinutes(1)))
                .isLessThanOrEqualTo(30);
        assertThat(atMost(Given.general("profile", "microsoft365").rate().recipients(), Duration.ofDays(1)))
                .isLessThanOrEqualTo(10_000);
        assertThat(atMost(Given.general("profile", "gmail-relay").rate().recipients(), Duration.ofDays(1)))
                .isLessThanOrEqualTo(10_000);
        assertThat(atMost(Given.general("profile", "gmail").rate().messages(), Duration.ofDays(1)))
                .isLessThanOrEqualTo(500);
    }

    /** How many any span of time can hold: the windows slide, so that no period of theirs has more than their permits. */
    private static long atMost(List<RateWindow> windows, Duration span) {
        return windows.stream()
                .mapToLong(window -> {
                    long period = window.period().toNanos();
                    long periods = (span.toNanos() + period - 1) / period;
                    return periods * window.permits();
                })
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
