package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.config.Given.general;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoodConfigurationTest {

    @Test
    void without_any_key_the_defaults_of_the_design_hold() {
        ResilientConfig expected = new ResilientConfig(
                true,
                new SessionLimits(4, 100, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(30)),
                50,
                new RateSettings(List.of(), List.of(), Duration.ofSeconds(30)),
                new RetrySettings(
                        4,
                        2,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        2,
                        0.25,
                        Duration.ofMinutes(2),
                        UncertainPolicy.FAIL),
                new AuthSettings(Duration.ofMinutes(1), Duration.ofMinutes(15)),
                new TransferSettings(true, Duration.ofMinutes(10), Chunking.STRICT),
                Optional.empty());

        assertThat(general()).isEqualTo(expected);
        assertThat(ResilientConfig.defaults()).isEqualTo(expected);
        assertThat(ConfigResolver.resolve(null, null, null).forAccount(null, null))
                .isEqualTo(expected);
    }

    @Test
    void every_key_reaches_its_place(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("my.rules"), "");

        ResilientConfig config = general(
                "enabled", "False",
                "session.max-open", "1",
                "session.max-messages", "2",
                "session.max-lifetime", "3m",
                "session.max-idle", "4s",
                "session.max-wait", "0s",
                "message.max-recipients", "6",
                "rate.messages", "7/1s, 700/1h",
                "rate.recipients", "8/1m",
                "rate.max-wait", "9s",
                "retry.max-attempts", "10",
                "retry.max-timeouts", "3",
                "retry.initial-wait", "11ms",
                "retry.max-wait", "12s",
                "retry.multiplier", "1.5",
                "retry.jitter", "0",
                "retry.deadline", "1h",
                "retry.uncertain", "RESEND",
                "auth.initial-wait", "13s",
                "auth.max-wait", "14m",
                "pipelining", "false",
                "pipelining.pause", "15s",
                "chunking", "one-flight",
                "replies", rules.toString());

        assertThat(config)
                .isEqualTo(new ResilientConfig(
                        false,
                        new SessionLimits(1, 2, Duration.ofMinutes(3), Duration.ofSeconds(4), Duration.ZERO),
                        6,
                        new RateSettings(
                                List.of(
                                        new RateWindow(7, Duration.ofSeconds(1)),
                                        new RateWindow(700, Duration.ofHours(1))),
                                List.of(new RateWindow(8, Duration.ofMinutes(1))),
                                Duration.ofSeconds(9)),
                        new RetrySettings(
                                10,
                                3,
                                Duration.ofMillis(11),
                                Duration.ofSeconds(12),
                                1.5,
                                0,
                                Duration.ofHours(1),
                                UncertainPolicy.RESEND),
                        new AuthSettings(Duration.ofSeconds(13), Duration.ofMinutes(14)),
                        new TransferSettings(false, Duration.ofSeconds(15), Chunking.ONE_FLIGHT),
                        Optional.of(rules)));
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "1d, PT24H",
        "365d, PT8760H",
        "PT5M, PT5M",
        "pt1h30m, PT1H30M",
        "P1DT1H, PT25H",
        "PT0.25S, PT0.25S"
    })
    void durations_have_a_unit_or_are_iso(String written, Duration meant) {
        assertThat(general("session.max-idle", written).session().maxIdle()).isEqualTo(meant);
    }

    @Test
    void blanks_around_a_value_do_not_count() {
        assertThat(general("session.max-open", " 7\t").session().maxOpen()).isEqualTo(7);
        assertThat(general("rate.messages", " 20 / 1s ,30/ 1m ").rate().messages())
                .hasToString("[20/1s, 30/1m]");
    }

    @Test
    void a_first_wait_as_long_as_the_longest_is_no_contradiction() {
        assertThat(general("retry.initial-wait", "5s", "retry.max-wait", "5s")
                        .retry()
                        .maxWait())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_rate_below_the_recipients_of_one_message_is_no_mistake() {
        assertThat(general("rate.recipients", "10/1s", "message.max-recipients", "50")
                        .maxRecipients())
                .isEqualTo(50);
    }

    @Test
    void keys_outside_the_prefix_are_somebody_elses() {
        Properties session = Given.properties("session.max-open", "2");
        session.setProperty("mail.smtp.host", "smtp.example.org");
        session.setProperty("mail.resilience", "x");
        session.setProperty("mail.resilient", "x");
        session.put("mail.smtp.port", 25);
        session.put(Boolean.TRUE, new Object());

        assertThat(Given.resolved(session).forAccount("h", "u").session().maxOpen())
                .isEqualTo(2);
    }

    @Test
    void defaults_of_the_properties_count_as_their_own() {
        Properties session = new Properties(Given.properties("session.max-open", "2", "retry.max-attempts", "9"));
        session.setProperty("mail.resilient.session.max-open", "3");

        ResilientConfig config = Given.resolved(session).forAccount("h", "u");

        assertThat(config.session().maxOpen()).isEqualTo(3);
        assertThat(config.retry().maxAttempts()).isEqualTo(9);
    }
}
