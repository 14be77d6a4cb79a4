package org.resilientmail.example.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayFrontTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualClock clock = new ManualClock();
    private final RecordingUpstream upstream = new RecordingUpstream();
    private RelayFront front;

    @AfterEach
    void stop() {
        if (front != null) {
            front.close();
        }
    }

    private void start(RelayLimits limits, Troubles troubles) throws IOException {
        front = RelayFront.start(limits, troubles, RawClient.LOGIN, upstream, clock);
    }

    private void start() throws IOException {
        start(RelayLimits.published(), Troubles.none());
    }

    @Test
    void the_published_limits_are_those_of_the_provider() {
        RelayLimits limits = RelayLimits.published();
        assertThat(limits.recipientsPerMessage()).isEqualTo(50);
        assertThat(limits.messagesPerSession()).isEqualTo(20);
        assertThat(limits.sessionLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(limits.idle()).isEqualTo(Duration.ofSeconds(120));
        assertThat(limits.sessionsPerUser()).isEqualTo(2);
        assertThat(limits.messageSize()).isEqualTo(20_971_520);
    }

    @Test
    void an_accepted_message_reaches_the_upstream_unchanged() throws IOException {
        start();
        try (RawClient client = RawClient.login(front)) {
            client.say("MAIL FROM:<news@example.org> SIZE=100 BODY=8BITMIME");
            client.say("RCPT TO:<a@example.com>");
            client.say("RCPT TO:<b@example.com>");
            client.say("DATA");
            assertThat(client.data("From: news@example.org\r\n\r\n..dot\r\nbare\nfeed\r\n"))
                    .startsWith("250 2.0.0");
        }
        assertThat(upstream.deliveries)
                .containsExactly(new RecordingUpstream.Delivery(
                        "news@example.org",
                        List.of("a@example.com", "b@example.com"),
                        "From: news@example.org\r\n\r\n..dot\r\nbare\nfeed\r\n"));
    }

    @Test
    void the_51st_recipient_is_refused_and_the_first_50_get_the_message() throws IOException {
        start();
        List<String> replies = new ArrayList<>();
        try (RawClient client = RawClient.login(front)) {
            client.say("MAIL FROM:<news@example.org>");
            for (int i = 1; i <= 51; i++) {
                replies.add(client.say("RCPT TO:<r" + i + "@example.com>"));
            }
            client.say("DATA");
            client.data("From: news@example.org\r\n\r\n");
        }
        assertThat(replies.subList(0, 50)).containsOnly("250 2.1.5 Recipient OK");
        assertThat(replies.get(50)).isEqualTo("452 4.5.3 Too many recipients (max 50 per message)");
        assertThat(front.report().mostRecipientsPerMessage()).isEqualTo(50);
    }

    @Test
    void the_21st_message_of_a_session_is_refused_and_the_session_closed() throws IOException {
        start();
        try (RawClient client = RawClient.login(front)) {
            for (int i = 1; i <= 20; i++) {
                assertThat(client.send("r" + i + "@example.com")).startsWith("250");
            }
            assertThat(client.send("r21@example.com"))
                    .isEqualTo("421 4.7.0 Too many messages per session, closing connection");
            assertThat(client.read()).isNull();
        }
        assertThat(front.report().mostMessagesPerSession()).isEqualTo(20);
        assertThat(front.report().refusals())
                .containsEntry("421 4.7.0 Too many messages per session, closing connection", 1);
    }

    @Test
    void the_third_session_at_once_is_refused_until_one_ends() throws IOException {
        start();
        try (RawClient first = RawClient.login(front);
                RawClient second = RawClient.login(front);
                RawClient third = RawClient.connect(front)) {
            String refused = third.authPlain(RawClient.LOGIN.user(), RawClient.LOGIN.password());
            assertThat(refused).isEqualTo("454 4.7.0 Too many active sessions for user");
            assertThat(first.say("QUIT")).startsWith("221");
            assertThat(third.authPlain(RawClient.LOGIN.user(), RawClient.LOGIN.password()))
                    .startsWith("235");
            assertThat(second.say("NOOP")).startsWith("250");
        }
        assertThat(front.report().mostSessionsAtOnce()).isEqualTo(2);
        assertThat(front.report().sessions()).isEqualTo(3);
    }

    @Test
    void silence_ends_the_session_with_the_providers_words() throws IOException {
        start(limits(HOUR, Duration.ofMillis(500), 100), Troubles.none());
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.read()).isEqualTo("421 4.7.0 Closing connection due to inactivity");
            assertThat(client.read()).isNull();
        }
    }

    @Test
    void a_session_past_its_lifetime_takes_no_further_message() throws IOException {
        start();
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("a@example.com")).startsWith("250");
            clock.advance(Duration.ofMinutes(30));
            assertThat(client.send("b@example.com"))
                    .isEqualTo("421 4.7.0 Session lifetime exceeded, closing connection");
            assertThat(client.read()).isNull();
        }
    }

    @Test
    void a_quiet_session_is_closed_when_its_lifetime_ends_before_the_idle_time() throws IOException {
        start(limits(Duration.ofMillis(500), HOUR, 100), Troubles.none());
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.read()).isEqualTo("421 4.7.0 Session lifetime exceeded, closing connection");
        }
    }

    @Test
    void nothing_is_taken_once_the_quota_is_used_up() throws IOException {
        start(limits(HOUR, HOUR, 1), Troubles.none());
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("a@example.com")).startsWith("250");
            assertThat(client.send("b@example.com")).isEqualTo("452 4.2.2 Quota exceeded for the current period");
        }
        assertThat(front.report().messages()).isEqualTo(1);
    }

    @Test
    void a_message_announced_as_too_large_is_refused_at_mail() throws IOException {
        start();
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.say("EHLO client")).startsWith("250");
            assertThat(client.say("MAIL FROM:<news@example.org> SIZE=20971521"))
                    .isEqualTo("523 5.3.4 Message size exceeds fixed maximum message size");
            assertThat(client.say("MAIL FROM:<news@example.org> SIZE=20971520")).startsWith("250");
        }
    }

    @Test
    void a_message_that_turns_out_too_large_is_refused_at_the_dot() throws IOException {
        start(new RelayLimits(50, 20, HOUR, HOUR, 2, 64, 100, 5), Troubles.none());
        try (RawClient client = RawClient.login(front)) {
            client.say("MAIL FROM:<news@example.org>");
            client.say("RCPT TO:<a@example.com>");
            client.say("DATA");
            assertThat(client.data("From: news@example.org\r\n\r\n" + "x".repeat(100) + "\r\n"))
                    .isEqualTo("523 5.3.4 Message size exceeds fixed maximum message size");
        }
        assertThat(upstream.deliveries).isEmpty();
    }

    @Test
    void a_missing_mailbox_is_refused_and_the_others_go_out() throws IOException {
        start(RelayLimits.published(), new Troubles(Set.of("nobody@example.com"), Set.of(), HOUR, 0, HOUR));
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("Nobody@example.com"))
                    .isEqualTo("550 5.1.1 Recipient address rejected: mailbox does not exist");
            assertThat(client.say("RSET")).startsWith("250");
            assertThat(client.send("somebody@example.com")).startsWith("250");
        }
    }

    @Test
    void a_greylisted_recipient_passes_after_the_wait() throws IOException {
        start(
                RelayLimits.published(),
                new Troubles(Set.of(), Set.of("grey@example.com"), Duration.ofSeconds(2), 0, HOUR));
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("grey@example.com"))
                    .isEqualTo("451 4.7.1 Greylisted, please try again in 2 seconds");
            client.say("RSET");
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.send("grey@example.com")).startsWith("451");
            client.say("RSET");
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.send("grey@example.com")).startsWith("250");
        }
    }

    @Test
    void the_throttle_refuses_once_and_for_a_while() throws IOException {
        start(RelayLimits.published(), new Troubles(Set.of(), Set.of(), HOUR, 2, Duration.ofSeconds(1)));
        try (RawClient client = RawClient.login(front)) {
            client.send("a@example.com");
            client.send("b@example.com");
            assertThat(client.send("c@example.com"))
                    .isEqualTo("450 4.7.1 Message rate exceeded, please try again in 1 seconds");
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.send("c@example.com")).startsWith("250");
            assertThat(client.send("d@example.com")).startsWith("250");
        }
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_a_temporary_problem_and_ends_the_session() throws IOException {
        start();
        upstream.failure = new ConnectException("refused");
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("a@example.com"))
                    .isEqualTo("421 4.4.2 Temporary local problem: unable to connect to upstream relay");
            assertThat(client.read()).isNull();
        }
        assertThat(front.report().messages()).isZero();
    }

    @Test
    void an_upstream_that_breaks_off_is_a_temporary_problem() throws IOException {
        start();
        upstream.failure = new IOException("reset");
        try (RawClient client = RawClient.login(front)) {
            assertThat(client.send("a@example.com"))
                    .isEqualTo("421 4.4.2 Temporary local problem: unable to relay message");
        }
    }

    private static RelayLimits limits(Duration lifetime, Duration idle, int quota) {
        return new RelayLimits(50, 20, lifetime, idle, 2, 20L << 20, quota, 5);
    }
}
