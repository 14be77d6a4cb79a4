package org.resilientmail.example.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeaderCheckTest {

    private static Optional<String> check(String header) {
        return HeaderCheck.refusal((header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), "example.org");
    }

    @Test
    void one_author_of_the_users_domain_passes() {
        assertThat(check("Subject: x\r\nFrom: News <news@EXAMPLE.org>")).isEmpty();
    }

    @Test
    void two_authors_are_refused() {
        assertThat(check("From: a@example.org, b@example.org"))
                .contains("554 5.6.0 Multiple header From: addresses is not supported");
    }

    @Test
    void two_author_lines_are_refused() {
        assertThat(check("From: a@example.org\r\nFrom: b@example.org"))
                .contains("554 5.6.0 Multiple header From: addresses is not supported");
    }

    @Test
    void a_foreign_domain_is_refused() {
        assertThat(check("From: a@example.net"))
                .contains("554 5.6.0 Header From: address domain does not match authenticated user domain");
    }

    @Test
    void a_message_without_an_author_is_refused() {
        assertThat(check("Subject: x")).contains("550 5.6.0 Failed to parse MIME structure");
    }
}
