package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.resilientmail.config.Given.errorOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResilientConfigBuilderTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void code_can_say_all_that_properties_can(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("my.rules"), "");

        ResilientConfig built = ResilientConfig.builder()
                .enabled(false)
                .profile("relay-50-20")
                .sessionMaxOpen(1)
                .sessionMaxMessages(2)
                .sessionMaxLifetime(Duration.ofMinutes(3))
                .sessionMaxIdle(Duration.ofSeconds(4))
                .sessionMaxWait(Duration.ZERO)
                .messageMaxRecipients(6)
                .rateMessages(new RateWindow(7, SECOND), new RateWindow(70, Duration.ofMinutes(1)))
                .rateRecipients(new RateWindow(8, SECOND))
                .rateMaxWait(Duration.ofSeconds(9))
                .retryMaxAttempts(10)
                .retryMaxTimeouts(3)
                .retryInitialWait(Duration.ofMillis(11))
                .retryMaxWait(Duration.ofSeconds(12))
                .retryMultiplier(1.5)
                .retryJitter(0.5)
                .retryDeadline(Duration.ofHours(1))
                .retryUncertain(UncertainPolicy.RESEND)
                .authInitialWait(Duration.ofSeconds(13))
                .authMaxWait(Duration.ofMinutes(14))
                .pipelining(false)
                .pipeliningPause(Duration.ofSeconds(15))
                .chunking(Chunking.OFF)
                .replies(rules)
                .build();

        assertThat(built)
                .isEqualTo(Given.general(
                        "enabled", "false",
                        "profile", "relay-50-20",
                        "session.max-open", "1",
                        "session.max-messages", "2",
                        "session.max-lifetime", "3m",
                        "session.max-idle", "4s",
                        "session.max-wait", "0s",
                        "message.max-recipients", "6",
                        "rate.messages", "7/1s, 70/1m",
                        "rate.recipients", "8/1s",
                        "rate.max-wait", "9s",
                        "retry.max-attempts", "10",
                        "retry.max-timeouts", "3",
                        "retry.initial-wait", "11ms",
                        "retry.max-wait", "12s",
                        "retry.multiplier", "1.5",
                        "retry.jitter", "0.5",
                        "retry.deadline", "1h",
                        "retry.uncertain", "resend",
                        "auth.initial-wait", "13s",
                        "auth.max-wait", "14m",
                        "pipelining", "false",
                        "pipelining.pause", "15s",
                        "chunking", "off",
                        "replies", rules.toString()));
    }

    @Test
    void a_profile_gives_way_to_explicit_values_whatever_the_order() {
        assertThat(ResilientConfig.builder()
                        .sessionMaxMessages(5)
                        .profile("relay-50-20")
                        .build())
                .satisfies(config -> {
                    assertThat(config.session().maxMessages()).isEqualTo(5);
                    assertThat(config.session().maxOpen()).isEqualTo(2);
                });
    }

    @Test
    void all_mistakes_are_reported_at_once_as_made_in_code() {
        ResilientConfigBuilder builder = ResilientConfig.builder()
                .sessionMaxOpen(0)
                .retryJitter(Double.NaN)
                .retryMultiplier(Double.POSITIVE_INFINITY)
                .sessionMaxIdle(null)
                .sessionMaxWait(Duration.ofSeconds(Long.MAX_VALUE))
                .retryUncertain(null)
                .profile("sendgird")
                .rateMessages(new RateWindow(1, SECOND), new RateWindow(2, SECOND));

        assertThat(errorOf(builder::build).lines())
                .hasSize(8)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo("mail.resilient.session.max-open=0 (code) is less than 1; "
                                        + "allowed: a whole number from 1 to 2147483647"),
                        line -> assertThat(line)
                                .startsWith("mail.resilient.retry.jitter=NaN (code) is not from 0 to 1"),
                        line -> assertThat(line)
                                .startsWith("mail.resilient.retry.multiplier=Infinity (code) is not from"),
                        line -> assertThat(line).startsWith("mail.resilient.session.max-idle=null (code) is missing"),
                        line -> assertThat(line).contains("session.max-wait=").contains("(code) is longer than 365d"),
                        line -> assertThat(line).startsWith("mail.resilient.retry.uncertain=null (code) is missing"),
                        line -> assertThat(line).contains("(code) is not known, did you mean sendgrid?"),
                        line -> assertThat(line)
                                .startsWith(
                                        "mail.resilient.rate.messages=1/1s, 2/1s (code) names the period 1s twice"));
    }

    @Test
    void contradictions_and_missing_files_are_found_in_code_too(@TempDir Path folder) {
        assertThat(errorOf(ResilientConfig.builder()
                        .retryInitialWait(Duration.ofMinutes(1))
                        .replies(folder.resolve("none"))::build))
                .startsWith("mail.resilient.retry.initial-wait=1m (code) is longer than "
                        + "mail.resilient.retry.max-wait=30s (default)")
                .contains("\nmail.resilient.replies=" + folder.resolve("none") + " (code) does not exist");
    }

    @Test
    void a_null_among_windows_or_instead_of_them_is_a_mistake() {
        assertThat(errorOf(ResilientConfig.builder().rateMessages(new RateWindow(1, SECOND), null)::build))
                .contains("mail.resilient.rate.messages=1/1s, null (code) has a window that is null");
        assertThat(errorOf(ResilientConfig.builder().rateRecipients((RateWindow[]) null)::build))
                .contains("mail.resilient.rate.recipients=null (code) is missing");
    }

    @Test
    void records_refuse_what_the_keys_refuse() {
        assertThat(errorOf(() -> new SessionLimits(0, 0, SECOND, Duration.ZERO, SECOND))
                        .lines())
                .hasSize(3);
        assertThat(errorOf(() -> new RateWindow(0, SECOND))).startsWith("rate window 0/1s (code) is less than 1");
        assertThat(errorOf(() -> new RateWindow(1, Duration.ZERO))).startsWith("rate window 1/0s (code) is shorter");
        assertThat(errorOf(() -> new RateWindow(1, null))).startsWith("rate window 1/null (code) has no period");
        assertThat(errorOf(() -> new RateSettings(null, List.of(), SECOND)))
                .startsWith("mail.resilient.rate.messages=null (code) is missing");
        assertThat(errorOf(() -> new RetrySettings(0, 1, SECOND, SECOND, 1, 0, SECOND, UncertainPolicy.FAIL)))
                .startsWith("mail.resilient.retry.max-attempts=0 (code) is less than 1");
        assertThat(errorOf(() ->
                        new RetrySettings(1, 1, SECOND, Duration.ofMillis(999), 1, 0, SECOND, UncertainPolicy.FAIL)))
                .startsWith("mail.resilient.retry.initial-wait=1s (code) is longer than "
                        + "mail.resilient.retry.max-wait=999ms (code)");
        ResilientConfig fine = ResilientConfig.defaults();
        assertThat(errorOf(() -> new ResilientConfig(
                        true,
                        fine.session(),
                        0,
                        fine.rate(),
                        fine.retry(),
                        fine.auth(),
                        fine.transfer(),
                        Optional.empty())))
                .startsWith("mail.resilient.message.max-recipients=0 (code) is less than 1");
        assertThatNullPointerException()
                .isThrownBy(() -> new ResilientConfig(
                        true, null, 1, fine.rate(), fine.retry(), fine.auth(), fine.transfer(), Optional.empty()))
                .withMessage("session");
    }

    @Test
    void a_configuration_does_not_change_with_what_it_was_made_of() {
        List<RateWindow> windows = new ArrayList<>(List.of(new RateWindow(1, SECOND)));
        RateSettings settings = new RateSettings(windows, windows, SECOND);
        RateWindow[] array = {new RateWindow(1, SECOND)};
        ResilientConfigBuilder builder = ResilientConfig.builder().rateMessages(array);

        windows.clear();
        Arrays.fill(array, new RateWindow(9, SECOND));

        assertThat(settings.messages()).hasSize(1);
        assertThat(settings.recipients()).hasSize(1);
        assertThat(builder.build().rate().messages()).containsExactly(new RateWindow(1, SECOND));
    }
}
