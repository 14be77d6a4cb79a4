package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationSettingsTest {

    private static OperationSettings settings(String... keysAndValues) {
        return Given.resolved(Given.properties(keysAndValues)).operation();
    }

    @Test
    void nothing_is_shown_unless_it_is_asked_for() {
        assertThat(settings()).isEqualTo(OperationSettings.NONE);
        assertThat(settings("log.level", "debug").isAny()).isFalse();
        assertThat(settings("jmx", "true").isAny()).isTrue();
        assertThat(settings("summary", "true").isAny()).isTrue();
        assertThat(settings("log", "system").isAny()).isTrue();
    }

    @Test
    void a_log_is_a_file_or_javas_own() {
        assertThat(settings("log", "mail.log", "log.level", "DEBUG"))
                .isEqualTo(new OperationSettings(
                        false, new LogTarget(false, Optional.of(Path.of("mail.log"))), LogLevel.DEBUG, false));
        assertThat(settings("log", "system").log()).isEqualTo(LogTarget.SYSTEM);
        assertThat(settings("log", "none").log()).isEqualTo(LogTarget.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmx", "log", "log.level", "summary", "config", "agent.quiet"})
    void holds_for_everything_and_not_for_an_account(String key) {
        assertThat(Given.errorOf("account.a.host", "mail.example.org", "account.a." + key, "true"))
                .contains("mail.resilient.account.a." + key, "write mail.resilient." + key);
    }

    @Test
    void a_level_takes_in_those_before_it() {
        assertThat(LogLevel.INFO.takesIn(LogLevel.ERROR)).isTrue();
        assertThat(LogLevel.INFO.takesIn(LogLevel.INFO)).isTrue();
        assertThat(LogLevel.INFO.takesIn(LogLevel.DEBUG)).isFalse();
        assertThat(Given.errorOf("log.level", "trace"))
                .contains("log.level=trace", "error or warning or info or debug");
    }
}
