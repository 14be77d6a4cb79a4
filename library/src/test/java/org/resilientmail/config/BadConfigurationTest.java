package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.resilientmail.config.Given.errorOf;
import static org.resilientmail.config.Given.properties;
import static org.resilientmail.config.Given.resolved;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadConfigurationTest {

    @Test
    void an_error_names_key_value_origin_and_what_is_allowed() {
        assertThat(errorOf("session.max-open", "0"))
                .isEqualTo("mail.resilient.session.max-open=0 (Session property) is less than 1; "
                        + "allowed: a whole number from 1 to 2147483647");
    }

    @Test
    void a_system_property_is_named_as_the_origin() {
        assertThat(errorOf(() ->
                        ConfigResolver.resolve(new Properties(), properties("retry.jitter", "2"), Given.NO_CLASS_PATH)))
                .startsWith("mail.resilient.retry.jitter=2 (system property) is not from 0 to 1; allowed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "sesion.max-open, session.max-open",
        "session.maxOpen, session.max-open",
        "session.max-mesages, session.max-messages",
        "SESSION.MAX_IDLE, session.max-idle",
        "max-recipients, message.max-recipients",
        "rate.message, rate.messages",
        "retry.attempts, retry.max-attempts",
        "enable, enabled",
        "max-idle, session.max-idle",
        "replys, replies",
        "host, account.NAME.host",
        "user, account.NAME.user"
    })
    void an_unknown_key_leads_to_the_nearest_known_one(String written, String meant) {
        assertThat(errorOf(written, "5"))
                .isEqualTo("mail.resilient." + written
                        + " (Session property) is not a known key; did you mean mail.resilient." + meant + "?");
    }

    @Test
    void an_unknown_key_that_is_as_near_to_several_leads_to_all_of_them() {
        assertThat(errorOf("max-wait", "1s"))
                .endsWith(
                        "did you mean mail.resilient.auth.max-wait or mail.resilient.rate.max-wait or mail.resilient.retry.max-wait or "
                                + "mail.resilient.session.max-wait?");
    }

    @Test
    void an_unknown_key_near_nothing_leads_to_the_list() {
        assertThat(errorOf("colour-of-envelopes", "blue"))
                .contains("is not a known key; known after mail.resilient. are enabled, config, profile, ")
                .contains("retry.uncertain");
    }

    @Test
    void the_value_of_an_unknown_key_is_not_shown_because_it_may_be_secret() {
        assertThat(errorOf("password", "correct horse"))
                .contains("mail.resilient.password")
                .doesNotContain("horse");
    }

    @Test
    void an_unknown_key_of_an_account_is_found_too() {
        assertThat(errorOf("account.sg.host", "smtp.sendgrid.net", "account.sg.session.max-opne", "3"))
                .isEqualTo("mail.resilient.account.sg.session.max-opne (Session property) is not a known key; "
                        + "did you mean mail.resilient.account.sg.session.max-open?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 minutes | is not a duration",
                "30 | has no unit: add one, such as 30s or 30ms",
                "0 | has no unit: add one, such as 0s or 0ms",
                "-5s | is not a duration",
                "1.5s | is not a duration",
                "30S | is not a duration",
                "30 s | is not a duration",
                "PT | is not a duration",
                "PT-5M | is shorter than 1ms",
                "-PT5M | is shorter than 1ms",
                "0s | is shorter than 1ms",
                "PT0.0001S | is shorter than 1ms",
                "366d | is longer than 365d",
                "9223372036854775807d | is longer than 365d",
                "99999999999999999999s | is longer than 365d",
                "PT99999999999999999999H | is longer than 365d"
            })
    void a_bad_duration_is_refused(String written, String why) {
        assertThat(errorOf("session.max-idle", written))
                .isEqualTo("mail.resilient.session.max-idle=" + written + " (Session property) " + why
                        + "; allowed: a duration such as 500ms, 30s, 5m, 2h, 1d or PT5M, from 1ms to 365d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 per second | is not a rate: write \"20 per second\" as N/PERIOD, such as 20/1s",
                "20 | is not a rate: write \"20\" as N/PERIOD",
                "20/1s/2 | is not a rate: write \"20/1s/2\"",
                "20/1s, | is not a rate: write \"\" as N/PERIOD",
                "20/s | is not a rate: a part of \"20/s\" is not a duration",
                "20/60 | is not a rate: a part of \"20/60\" has no unit: add one, such as 60s",
                "0/1s | is not a rate: a part of \"0/1s\" is less than 1",
                "-3/1s | is not a rate: a part of \"-3/1s\" is less than 1",
                "x/1s | is not a rate: a part of \"x/1s\" is not a whole number",
                "20/0s | is not a rate: a part of \"20/0s\" is shorter than 1ms",
                "20/1m, 30/60s | names the period 1m twice"
            })
    void a_bad_rate_is_refused(String written, String why) {
        assertThat(errorOf("rate.messages", written))
                .startsWith("mail.resilient.rate.messages=" + written + " (Session property) " + why)
                .endsWith("allowed: N/PERIOD, several separated by commas, such as 20/1s, 2000/1h; or none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.max-open",
                "session.max-messages",
                "message.max-recipients",
                "retry.max-attempts",
                "account.a.session.max-open"
            })
    void a_count_below_one_is_refused_everywhere(String key) {
        assertThat(errorOf("account.a.host", "h", key, "0")).contains(key + "=0 (Session property) is less than 1");
        assertThat(errorOf("account.a.host", "h", key, "-1")).contains(key + "=-1 (Session property) is less than 1");
        assertThat(errorOf("account.a.host", "h", key, "-99999999999")).contains("is less than 1");
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999, is too large",
        "1e3, is not a whole number",
        "4.0, is not a whole number",
        "+4, is not a whole number",
        "four, is not a whole number",
        "'\u0664', is not a whole number"
    })
    void a_bad_count_is_refused(String written, String why) {
        assertThat(errorOf("session.max-open", written)).contains("=" + written + " (Session property) " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "retry.multiplier, 0.99, is not from 1 to 100",
        "retry.multiplier, 101, is not from 1 to 100",
        "retry.multiplier, NaN, is not a decimal number",
        "retry.multiplier, Infinity, is not a decimal number",
        "retry.multiplier, 2d, is not a decimal number",
        "retry.multiplier, '1,5', is not a decimal number",
        "retry.jitter, 1.01, is not from 0 to 1",
        "retry.jitter, -0.1, is not from 0 to 1",
        "retry.jitter, NaN, is not a decimal number",
        "retry.jitter, 25%, is not a decimal number"
    })
    void a_bad_number_is_refused(String key, String written, String why) {
        assertThat(errorOf(key, written))
                .startsWith("mail.resilient." + key + "=" + written + " (Session property) " + why)
                .contains("; allowed: a number from ");
    }

    @Test
    void a_number_that_overflows_is_refused() {
        assertThat(errorOf("retry.multiplier", "9".repeat(400)))
                .contains("... (Session property) is not from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on", "tru"})
    void a_switch_is_true_or_false(String written) {
        assertThat(errorOf("enabled", written))
                .isEqualTo("mail.resilient.enabled=" + written
                        + " (Session property) is none of the known values; allowed: true or false");
    }

    @Test
    void an_unknown_policy_is_refused() {
        assertThat(errorOf("retry.uncertain", "retry"))
                .isEqualTo("mail.resilient.retry.uncertain=retry (Session property) is none of the known values; "
                        + "allowed: fail or resend");
    }

    @Test
    void an_unknown_profile_leads_to_the_known_ones() {
        assertThat(errorOf("profile", "sendgird"))
                .startsWith("mail.resilient.profile=sendgird (Session property) is not known, did you mean sendgrid?; "
                        + "allowed: none, gmail, ")
                .contains("relay-50-20", "ses", "sendgrid");
    }

    @Test
    void a_missing_replies_file_is_refused_and_the_place_is_named(@TempDir Path folder) {
        Path missing = folder.resolve("none.rules");

        assertThat(errorOf("replies", missing.toString()))
                .isEqualTo("mail.resilient.replies=" + missing + " (Session property) does not exist (looked at "
                        + missing + "); allowed: the path of a readable file, or none");
        assertThat(errorOf("replies", folder.toString())).contains("is not a file (looked at " + folder);
        assertThat(errorOf("replies", "relative.rules"))
                .contains("(looked at " + Path.of("relative.rules").toAbsolutePath());
        assertThat(errorOf("replies", "a\0b")).contains("replies=a\\u0000b (Session property) is not a path");
    }

    @Test
    void a_first_wait_longer_than_the_longest_is_a_contradiction_and_both_origins_are_named() {
        assertThat(errorOf("retry.initial-wait", "1m"))
                .isEqualTo(
                        "mail.resilient.retry.initial-wait=1m (Session property) is longer than "
                                + "mail.resilient.retry.max-wait=30s (default); allowed: the first wait is at most the longest");
        assertThat(errorOf(() -> ConfigResolver.resolve(
                        properties("retry.initial-wait", "20s"), properties("retry.max-wait", "10s"), null)))
                .contains("mail.resilient.retry.max-wait=10s (system property)");
        assertThat(errorOf("auth.initial-wait", "20m"))
                .contains("is longer than mail.resilient.auth.max-wait=15m (default)");
        assertThat(errorOf(() -> new AuthSettings(Duration.ofSeconds(2), Duration.ofSeconds(1))))
                .contains("mail.resilient.auth.initial-wait=2s (code) is longer than");
    }

    @Test
    void a_contradiction_between_an_account_and_the_general_settings_is_found() {
        assertThat(errorOf("retry.max-wait", "2s", "account.a.host", "h", "account.a.retry.initial-wait", "3s"))
                .startsWith("mail.resilient.account.a.retry.initial-wait=3s (Session property) is longer than "
                        + "mail.resilient.retry.max-wait=2s");
    }

    @Test
    void an_account_section_needs_a_host() {
        assertThat(errorOf("account.sg.session.max-open", "3"))
                .isEqualTo(
                        "mail.resilient.account.sg.session.max-open (Session property) is in an account section without "
                                + "host; add mail.resilient.account.sg.host");
        assertThat(errorOf("account.sg.user", "jane")).contains("add mail.resilient.account.sg.host");
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.example.org:587, 'has a port: an account is matched by host and user only'",
        "smtp://example.org, is not a host",
        "jane@example.org, is not a host",
        "two words, is not a host"
    })
    void a_bad_host_is_refused_once(String written, String why) {
        assertThat(errorOf("account.a.host", written))
                .isEqualTo("mail.resilient.account.a.host=" + written + " (Session property) " + why
                        + "; allowed: a host name or address, as in mail.smtp.host");
    }

    @Test
    void two_sections_that_match_equally_are_refused() {
        assertThat(errorOf("account.a.host", "SMTP.example.org", "account.b.host", "smtp.example.org"))
                .isEqualTo(
                        "mail.resilient.account.b.host=smtp.example.org (Session property) matches the same host and "
                                + "user as mail.resilient.account.a; allowed: one section for each");
        assertThat(errorOf("account.a.host", "h", "account.a.user", "u", "account.b.host", "h", "account.b.user", "u"))
                .contains("matches the same host and user as mail.resilient.account.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account.sg", "account.", "account..host", "account.a b.host"})
    void a_key_of_no_account_is_refused(String key) {
        assertThat(errorOf(key, "x"))
                .contains("mail.resilient." + key + " (Session property) is not a key of an account; allowed: "
                        + "mail.resilient.account.NAME.KEY");
    }

    @Test
    void the_file_holds_for_everything_and_not_for_an_account() {
        assertThat(errorOf("account.a.host", "h", "account.a.config", "x.properties"))
                .contains("holds for everything, not for an account: write mail.resilient.config");
    }

    @Test
    void an_empty_value_is_refused() {
        assertThat(errorOf("profile", "  "))
                .startsWith("mail.resilient.profile= (Session property) is empty; allowed: none");
    }

    @Test
    void a_value_that_is_no_string_is_refused_instead_of_being_lost() {
        Properties session = new Properties();
        session.put("mail.resilient.session.max-open", 5);

        assertThat(errorOf(() -> resolved(session)))
                .isEqualTo("mail.resilient.session.max-open (Session property) is of type java.lang.Integer, which "
                        + "Properties does not read: set it as a String, with setProperty; "
                        + "allowed: a whole number from 1 to 2147483647");
    }

    @Test
    void all_mistakes_are_reported_one_per_line_nearest_source_first() {
        ConfigurationException error = catchThrowableOfType(
                ConfigurationException.class,
                () -> ConfigResolver.resolve(
                        properties("session.max-open", "0", "rate.messages", "fast"),
                        properties("retry.jitter", "7", "account.a.host", "h", "account.a.enabled", "maybe"),
                        null));

        assertThat(error).isInstanceOf(IllegalArgumentException.class);
        assertThat(error.problems())
                .hasSize(4)
                .isEqualTo(error.getMessage().lines().toList());
        assertThat(error.problems().get(0)).startsWith("mail.resilient.rate.messages=fast (Session property)");
        assertThat(error.problems().get(1)).startsWith("mail.resilient.session.max-open=0 (Session property)");
        assertThat(error.problems().get(2)).startsWith("mail.resilient.account.a.enabled=maybe (system property)");
        assertThat(error.problems().get(3)).startsWith("mail.resilient.retry.jitter=7 (system property)");
    }

    @Test
    void a_general_mistake_is_reported_once_however_many_accounts_share_it() {
        assertThat(errorOf("retry.initial-wait", "1m", "account.a.host", "a", "account.b.host", "b")
                        .lines())
                .hasSize(1);
    }

    @Test
    void a_mistake_that_another_source_overrides_is_still_one() {
        assertThat(errorOf(() -> ConfigResolver.resolve(
                        properties("session.max-open", "2"), properties("session.max-open", "many"), null)))
                .startsWith("mail.resilient.session.max-open=many (system property)");
    }

    @Test
    void a_value_cannot_forge_a_line_or_flood_a_log() {
        assertThat(errorOf("retry.uncertain", "a\nmail.resilient.x"))
                .startsWith("mail.resilient.retry.uncertain=a\\u000amail.resilient.x (Session")
                .doesNotContain("\n");
        assertThat(errorOf("retry.uncertain", "x".repeat(100_000))).hasSizeLessThan(400);
    }
}
