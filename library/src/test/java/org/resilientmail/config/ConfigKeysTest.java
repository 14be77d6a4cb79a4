package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {

    @Test
    void the_table_holds_every_key_of_the_design_with_its_default() {
        Map<String, String> expected = Map.ofEntries(
                Map.entry("enabled", "true"),
                Map.entry("profile", "none"),
                Map.entry("session.max-open", "4"),
                Map.entry("session.max-messages", "100"),
                Map.entry("session.max-lifetime", "5m"),
                Map.entry("session.max-idle", "30s"),
                Map.entry("session.max-wait", "30s"),
                Map.entry("message.max-recipients", "50"),
                Map.entry("rate.messages", "none"),
                Map.entry("rate.recipients", "none"),
                Map.entry("rate.max-wait", "30s"),
                Map.entry("retry.max-attempts", "4"),
                Map.entry("retry.max-timeouts", "2"),
                Map.entry("retry.initial-wait", "500ms"),
                Map.entry("retry.max-wait", "30s"),
                Map.entry("retry.multiplier", "2"),
                Map.entry("retry.jitter", "0.25"),
                Map.entry("retry.deadline", "2m"),
                Map.entry("retry.uncertain", "fail"),
                Map.entry("auth.initial-wait", "1m"),
                Map.entry("auth.max-wait", "15m"),
                Map.entry("pipelining", "true"),
                Map.entry("pipelining.pause", "10m"),
                Map.entry("chunking", "strict"),
                Map.entry("replies", "none"),
                Map.entry("jmx", "false"),
                Map.entry("log", "none"),
                Map.entry("log.level", "info"),
                Map.entry("summary", "false"),
                Map.entry("agent.quiet", "false"),
                Map.entry("account.NAME.host", "none"),
                Map.entry("account.NAME.user", "none"));

        assertThat(ConfigKeys.all())
                .filteredOn(key -> !key.name().equals("config"))
                .allSatisfy(key -> assertThat(key.defaultText()).isEqualTo(expected.get(key.name())))
                .hasSameSizeAs(expected.keySet());
    }

    @Test
    void every_key_says_in_one_line_what_it_means_and_what_it_takes() {
        assertThat(ConfigKeys.all()).allSatisfy(key -> {
            assertThat(key.meaning()).isNotBlank().doesNotContain("\n");
            assertThat(key.allowed()).isNotBlank().doesNotContain("\n");
            assertThat(key.property()).isEqualTo("mail.resilient." + key.name());
        });
        assertThat(ConfigKeys.all()).extracting(ConfigKey::name).doesNotHaveDuplicates();
    }

    @Test
    void every_default_can_be_written_as_a_value_and_changes_nothing() {
        List<ConfigKey> general = ConfigKeys.all().stream()
                .filter(key -> !key.name().startsWith("account.") && !key.name().equals("config"))
                .toList();

        assertThat(general)
                .hasSize(30)
                .allSatisfy(key ->
                        assertThat(Given.general(key.name(), key.defaultText())).isEqualTo(ResilientConfig.defaults()));
    }

    @Test
    void allowed_values_of_the_profile_are_the_shipped_ones() {
        ConfigKey profile = ConfigKeys.all().stream()
                .filter(key -> key.name().equals("profile"))
                .findFirst()
                .orElseThrow();

        assertThat(profile.allowed()).startsWith("none, ").contains("relay-50-20", "sendgrid", "microsoft365");
    }
}
