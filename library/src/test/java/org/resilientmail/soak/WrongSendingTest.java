package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.soak.SoakOptions.Format;
import org.resilientmail.testkit.TestSessions;

/** What the soak is for: ways of sending that look right are found out by it. */
@Timeout(120)
class WrongSendingTest {

    private static final SoakOptions SMALL = new SoakOptions(16, 400, 0.1, 1, Duration.ZERO, Format.TEXT);

    /** What the limit watch says when the key's limit is passed. */
    private static final Map<String, String> WORDS = Map.of(
            "session.max-open", "sessions at once",
            "session.max-messages", "messages in a session",
            "message.max-recipients", "recipients of a message");

    /** The first word of everything that is broken. */
    private static Set<String> found(SoakRun.Sending sending, SoakRun.Setting setting) {
        Set<String> words = new TreeSet<>();
        SoakRun.of(SMALL, sending, setting).broken().forEach(line -> words.add(line.substring(0, line.indexOf(':'))));
        return words;
    }

    private static void sendAgainAndAgain(Session session, MimeMessage message) throws MessagingException {
        MessagingException last = null;
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                Transport.send(message);
                return;
            } catch (MessagingException e) {
                last = e;
            }
        }
        throw last;
    }

    private static void sendAndSaySo(Session session, MimeMessage message) {
        try {
            Transport.send(message);
        } catch (MessagingException e) {
            return; // that is what is wrong with it
        }
    }

    @Test
    void plain_angus_in_a_loop_sends_twice_and_keeps_no_limit() {
        assertThat(found(WrongSendingTest::sendAgainAndAgain, TestSessions::plainAngus))
                .contains("duplicate", "denied", "limit");
    }

    @Test
    void a_loop_around_our_own_transport_sends_twice_too() {
        assertThat(found(WrongSendingTest::sendAgainAndAgain, account -> account))
                .contains("duplicate")
                .doesNotContain("limit", "leak");
    }

    @Test
    void an_error_that_is_swallowed_is_a_recipient_lost() {
        assertThat(found(WrongSendingTest::sendAndSaySo, account -> account)).containsExactly("lost");
    }

    @Test
    void an_exception_of_another_kind_than_ours_denies_what_was_sent() {
        SoakRun.Sending sending = (session, message) -> {
            try {
                Transport.send(message);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        };
        assertThat(found(sending, account -> account)).contains("denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.max-open", "session.max-messages", "message.max-recipients"})
    void each_limit_that_is_not_kept_is_seen_to_be_passed(String key) {
        SoakOptions healthy = SMALL.faultRate(0).messages(2_000).threads(32);
        SoakResult result = SoakRun.of(
                healthy,
                (session, message) -> Transport.send(message),
                account -> account.set("mail.resilient." + key, "1000"));
        assertThat(result.broken())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("limit: ")
                        && (line.contains(WORDS.get(key)) || line.contains("over all accounts")));
    }
}
