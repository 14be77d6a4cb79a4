package org.resilientmail.example.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayLoginTest {

    private final ManualClock clock = new ManualClock();
    private RelayFront front;

    @BeforeEach
    void start() throws IOException {
        front = RelayFront.start(
                RelayLimits.published(), Troubles.none(), RawClient.LOGIN, new RecordingUpstream(), clock);
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void a_wrong_password_is_refused_and_after_five_the_address_is_blocked_for_a_while() throws IOException {
        try (RawClient client = RawClient.connect(front)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.authPlain("news@example.org", "wrong"))
                        .isEqualTo("535 5.7.8 Authentication credentials invalid");
            }
            assertThat(client.authPlain("news@example.org", "right"))
                    .isEqualTo("535 5.7.8 Authentication blocked due to too many failed attempts");
            clock.advance(Duration.ofMinutes(5));
            assertThat(client.authPlain("news@example.org", "right")).startsWith("235");
        }
    }

    @Test
    void plain_works_without_an_initial_response() throws IOException {
        try (RawClient client = RawClient.connect(front)) {
            assertThat(client.say("AUTH PLAIN")).isEqualTo("334 ");
            assertThat(client.say(RawClient.base64("\0news@example.org\0right")))
                    .startsWith("235");
        }
    }

    @Test
    void login_asks_for_user_and_password() throws IOException {
        try (RawClient client = RawClient.connect(front)) {
            assertThat(client.say("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.say(RawClient.base64("news@example.org"))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.say(RawClient.base64("right"))).startsWith("235");
        }
    }

    @Test
    void a_login_can_be_cancelled() throws IOException {
        try (RawClient client = RawClient.connect(front)) {
            client.say("AUTH LOGIN");
            assertThat(client.say("*")).isEqualTo("501 5.7.0 Authentication cancelled");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH CRAM-MD5, 504 5.5.4 Authentication mechanism not supported",
        "AUTH PLAIN !!!, 501 5.5.2 Syntax error in parameters",
        "AUTH PLAIN YQ==, 501 5.5.2 Syntax error in parameters",
        "MAIL FROM:<news@example.org>, 530 5.7.0 Authentication required",
        "RCPT TO:<a@example.com>, 530 5.7.0 Authentication required",
        "DATA, 530 5.7.0 Authentication required",
        "VRFY a, 500 5.5.2 Command not recognized",
        "NOOP, 250 2.0.0 OK"
    })
    void before_login(String command, String reply) throws IOException {
        try (RawClient client = RawClient.connect(front)) {
            assertThat(client.say(command)).isEqualTo(reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL FROM:<not an address>, 501 5.5.4 Bad sender address syntax",
        "MAIL TO:<a@example.com>, 501 5.5.4 Bad sender address syntax",
        "RCPT TO:<a@example.com>, 503 5.5.1 Bad sequence of commands",
        "DATA, 503 5.5.1 Bad sequence of commands",
        "AUTH PLAIN AA==, 503 5.5.1 Bad sequence of commands"
    })
    void after_login(String command, String reply) throws IOException {
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.say(command)).isEqualTo(reply);
        }
    }

    @Test
    void a_malformed_recipient_is_refused() throws IOException {
        try (RawClient client = RawClient.login(front)) {
            client.say("MAIL FROM:<news@example.org>");
            assertThat(client.say("RCPT TO:<nobody>"))
                    .isEqualTo("501 5.5.4 Recipient rejected: bad recipient address syntax");
        }
    }

    @Test
    void a_sender_who_just_leaves_frees_the_session_too() throws IOException {
        RawClient.login(front).close();
        RawClient.login(front).close();
        Instant deadline = Instant.now().plusSeconds(10);
        try (RawClient client = RawClient.connect(front)) {
            String reply = client.authPlain("news@example.org", "right");
            // The relay learns of the departure on its own time.
            while (reply.startsWith("454") && Instant.now().isBefore(deadline)) {
                reply = client.authPlain("news@example.org", "right");
            }
            assertThat(reply).startsWith("235");
        }
    }

    @Test
    void a_password_does_not_show_in_text() {
        assertThat(RawClient.LOGIN).hasToString("Login[user=news@example.org]");
    }
}
