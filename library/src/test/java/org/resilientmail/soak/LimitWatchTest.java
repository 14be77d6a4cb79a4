package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.soak.SoakAccount.Rate;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.RawClient;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

@Timeout(60)
class LimitWatchTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static SoakAccount account(String name, int sessions, int messages, int recipients, int rate, int rate2) {
        return new SoakAccount(
                name,
                "PLAIN",
                sessions,
                messages,
                recipients,
                new Rate(rate, LONG),
                new Rate(rate2, LONG),
                false,
                false);
    }

    /** Two sessions at once, with two and one messages of three recipients each. */
    private void send(SoakAccount account) throws MessagingException {
        Session session = account.settings(server, true, "any")
                .smtp("auth", "false")
                .plainAngus()
                .session();
        MimeMessage message = Messages.to(session, "a@example.com", "b@example.com", "c@example.com");
        message.saveChanges();
        try (Transport one = session.getTransport();
                Transport two = session.getTransport()) {
            one.connect();
            two.connect();
            for (Transport transport : List.of(one, two, one)) {
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        server.account().awaitOpenSessions(0);
    }

    private LimitWatch.Peak peak(SoakAccount account) {
        return LimitWatch.peak(account, server.account().sessions());
    }

    @Test
    void an_account_within_its_limits_breaks_none_and_one_beyond_them_breaks_each() throws Exception {
        SoakAccount within = account("zoe", 2, 2, 3, 3, 9);
        send(within);
        assertThat(peak(within)).isEqualTo(new LimitWatch.Peak(within, 2, 2, 3, 3, 9));
        assertThat(peak(within).broken()).isEmpty();

        assertThat(peak(account("zoe", 1, 1, 2, 2, 8)).broken())
                .containsExactly(
                        "limit: zoe had 2 sessions at once, allowed: 1",
                        "limit: zoe had 2 messages in a session, allowed: 1",
                        "limit: zoe had 3 recipients of a message, allowed: 2",
                        "limit: zoe had 3 messages in a period, allowed: 2",
                        "limit: zoe had 9 recipients in a period, allowed: 8");
    }

    @Test
    void sessions_of_others_do_not_count() throws Exception {
        send(account("zoe", 2, 2, 3, 3, 9));
        SoakAccount other = account("yann", 1, 1, 1, 1, 1);
        assertThat(peak(other)).isEqualTo(new LimitWatch.Peak(other, 0, 0, 0, 0, 0));
    }

    @Test
    void what_is_read_after_a_reply_too_many_proves_nothing() throws Exception {
        SoakAccount account = account("zoe", 1, 1, 1, 1, 1);
        server.on(Step.RSET).fault(Fault.TWO_REPLIES, "250 2.0.0 Extra");
        try (RawClient client = RawClient.greeted(server)) {
            client.ask("EHLO zoe.client.example.com");
            client.ask("RSET");
            client.ask("MAIL FROM:<a@example.com>");
        }
        server.account().awaitOpenSessions(0);
        assertThat(peak(account).messages()).isZero();
        assertThat(peak(account).messageRate()).isZero();
    }
}
