package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.config.Given.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {

    @TempDir
    private Path folder;

    @Test
    void session_beats_system_beats_file_beats_profile_beats_default() throws IOException {
        String file = file(
                "mail.resilient.profile=relay-50-20",
                "mail.resilient.session.max-open=30",
                "mail.resilient.message.max-recipients=30",
                "mail.resilient.retry.max-attempts=30");
        Properties system = properties("config", file, "session.max-open", "20", "message.max-recipients", "20");
        Properties session = properties("session.max-open", "10");

        ResilientConfig config = ConfigResolver.resolve(session, system, null).forAccount("h", "u");

        assertThat(config.session().maxOpen()).isEqualTo(10);
        assertThat(config.maxRecipients()).isEqualTo(20);
        assertThat(config.retry().maxAttempts()).isEqualTo(30);
        assertThat(config.session().maxMessages()).isEqualTo(20);
        assertThat(config.retry().maxWait()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void what_is_said_of_an_account_in_the_file_beats_what_the_session_says_in_general() throws IOException {
        String file = file("mail.resilient.account.a.host=h", "mail.resilient.account.a.session.max-open=1");

        AccountConfigs configs =
                ConfigResolver.resolve(properties("session.max-open", "9"), properties("config", file), null);

        assertThat(configs.forAccount("h", "u").session().maxOpen()).isEqualTo(1);
        assertThat(configs.forAccount("other", "u").session().maxOpen()).isEqualTo(9);
    }

    @Test
    void within_an_account_the_nearest_source_wins_and_sections_of_several_sources_are_one() throws IOException {
        String file = file(
                "mail.resilient.account.a.host=h",
                "mail.resilient.account.a.session.max-open=3",
                "mail.resilient.account.a.session.max-messages=3",
                "mail.resilient.account.a.message.max-recipients=3");
        Properties system =
                properties("config", file, "account.a.session.max-open", "2", "account.a.session.max-messages", "2");
        Properties session = properties("account.a.session.max-open", "1");

        ResilientConfig config = ConfigResolver.resolve(session, system, null).forAccount("h", "u");

        assertThat(config.session().maxOpen()).isEqualTo(1);
        assertThat(config.session().maxMessages()).isEqualTo(2);
        assertThat(config.maxRecipients()).isEqualTo(3);
    }

    @Test
    void an_accounts_own_profile_stands_between_its_lines_and_the_general_ones() {
        AccountConfigs configs = Given.resolved(properties(
                "session.max-messages", "500",
                "session.max-wait", "7s",
                "account.relay.host", "relay.example.org",
                "account.relay.profile", "relay-50-20",
                "account.relay.session.max-open", "1"));

        ResilientConfig relay = configs.forAccount("relay.example.org", "u");

        assertThat(relay.session().maxMessages())
                .as("a general key must not lift a relay's limit")
                .isEqualTo(20);
        assertThat(relay.session().maxOpen()).isEqualTo(1);
        assertThat(relay.session().maxWait()).isEqualTo(Duration.ofSeconds(7));
        assertThat(configs.forAccount("other", "u").session().maxMessages()).isEqualTo(500);
    }

    @Test
    void an_accounts_own_profile_replaces_the_general_one() {
        AccountConfigs configs = Given.resolved(properties(
                "profile", "relay-50-20",
                "account.a.host", "a",
                "account.a.profile", "microsoft365",
                "account.b.host", "b",
                "account.b.profile", "none",
                "account.c.host", "c"));

        assertThat(configs.forAccount("a", "u").session().maxOpen()).isEqualTo(3);
        assertThat(configs.forAccount("a", "u").session().maxMessages()).isEqualTo(100);
        assertThat(configs.forAccount("b", "u")).isEqualTo(ResilientConfig.defaults());
        assertThat(configs.forAccount("c", "u").session().maxMessages()).isEqualTo(20);
    }

    @Test
    void none_takes_back_what_a_farther_source_says() throws IOException {
        String file = file("mail.resilient.rate.messages=1/1h", "mail.resilient.profile=relay-50-20");

        ResilientConfig config = ConfigResolver.resolve(
                        properties("rate.messages", "none", "profile", "none"), properties("config", file), null)
                .forAccount("h", "u");

        assertThat(config).isEqualTo(ResilientConfig.defaults());
    }

    @Test
    void the_session_may_name_another_file_than_the_system() throws IOException {
        String far = file("mail.resilient.session.max-open=1");
        Path near = Files.writeString(folder.resolve("near.properties"), "mail.resilient.session.max-open=2");

        AccountConfigs configs =
                ConfigResolver.resolve(properties("config", near.toString()), properties("config", far), null);

        assertThat(configs.forAccount("h", "u").session().maxOpen()).isEqualTo(2);
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("mail.properties"), String.join("\n", lines))
                .toString();
    }
}
