package org.resilientmail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resilientmail.config.Given.properties;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final AccountConfigs configs = Given.resolved(properties(
            "session.max-open", "9",
            "account.all.host", "smtp.MAIL.example.org",
            "account.all.session.max-open", "1",
            "account.jane.host", "smtp.mail.example.org",
            "account.jane.user", "jane",
            "account.jane.session.max-open", "2",
            "account.ip6.host", "2001:db8::1",
            "account.ip6.session.max-open", "3"));

    @Test
    void a_host_matches_without_case_in_any_language() {
        Locale before = Locale.getDefault();
        try {
            // in Turkish the lower case of I is not i
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(open("SMTP.MAIL.EXAMPLE.ORG", "joe")).isEqualTo(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_section_with_host_and_user_beats_one_with_the_host_only() {
        assertThat(open("smtp.mail.example.org", "jane")).isEqualTo(2);
        assertThat(open("smtp.mail.example.org", "joe")).isEqualTo(1);
        assertThat(open("smtp.mail.example.org", "Jane"))
                .as("users are compared exactly")
                .isEqualTo(1);
        assertThat(open("smtp.mail.example.org", null)).isEqualTo(1);
    }

    @Test
    void an_address_is_a_host() {
        assertThat(open("2001:DB8::1", "joe")).isEqualTo(3);
    }

    @Test
    void everything_else_gets_the_general_configuration() {
        assertThat(open("mail.example.org", "jane")).isEqualTo(9);
        assertThat(open(null, "jane")).isEqualTo(9);
        assertThat(open(null, null)).isEqualTo(9);
    }

    private int open(String host, String user) {
        return configs.forAccount(host, user).session().maxOpen();
    }
}
