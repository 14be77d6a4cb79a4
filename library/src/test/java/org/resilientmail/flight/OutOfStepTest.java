package org.resilientmail.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resilientmail.ResilientMail;
import org.resilientmail.failure.DeliveryUncertain;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.testkit.Messages;

/** Relays whose replies to one flight contradict each other, or are fewer than its commands. */
@Timeout(60)
class OutOfStepTest {

    @AfterEach
    void closeAll() {
        ResilientMail.closeAll();
    }

    private static void hear(RawRelay.Line line, int commands) throws IOException {
        for (int i = 0; i < commands; i++) {
            line.hear();
        }
    }

    @Test
    void a_sender_refused_and_data_wanted_all_the_same_delivers_nothing() throws Exception {
        RawRelay.Manners manners = (line, session) -> {
            line.greet("PIPELINING");
            hear(line, 3);
            line.say("550 5.7.1 Sender refused\r\n250 2.1.5 Ok\r\n354 Go on");
            if (line.hear() != null) {
                throw new AssertionError("not a word more");
            }
        };
        try (RawRelay relay = new RawRelay(manners)) {
            Session session = relay.session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                    .isInstanceOf(MailFailure.class)
                    .isNotInstanceOf(DeliveryUncertain.class);
            assertThat(relay.heard).hasSize(4);
        }
    }

    @Test
    void a_recipient_refused_and_the_message_taken_all_the_same_is_a_doubt_and_not_sent_again() throws Exception {
        RawRelay.Manners manners = (line, session) -> {
            line.greet("PIPELINING", "CHUNKING");
            hear(line, 2);
            line.skip(line.hear());
            line.say("250 2.1.0 Ok\r\n450 4.2.1 Not now\r\n250 2.0.0 Ok");
            line.serve();
        };
        try (RawRelay relay = new RawRelay(manners)) {
            Session session = relay.session("mail.resilient.chunking", "one-flight");
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "a@example.com")))
                    .isInstanceOf(DeliveryUncertain.class);
            assertThat(relay.sessions()).isEqualTo(1);
            assertThat(relay.taken).isEmpty();
        }
    }

    @Test
    void a_relay_that_drops_what_comes_behind_the_first_command_is_asked_one_by_one() throws Exception {
        RawRelay.Manners manners = (line, session) -> {
            line.greet("PIPELINING");
            if (session == 1) {
                hear(line, 3);
                line.say("250 2.1.0 Ok");
                line.socket.shutdownOutput();
                hear(line, 1);
            } else {
                line.serve();
            }
        };
        try (RawRelay relay = new RawRelay(manners)) {
            Transport.send(Messages.to(relay.session(), "a@example.com"));
            assertThat(relay.taken).hasSize(1);
            assertThat(relay.sessions()).isEqualTo(2);
        }
    }

    @Test
    void a_relay_whose_reply_made_no_sense_has_its_place_back_before_the_next_session_is_opened() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        RawRelay.Manners manners = (line, session) -> {
            order.add("opened " + session);
            line.greet("PIPELINING");
            if (session == 1) {
                hear(line, 3);
                line.say("250 2.1.0 Ok\r\n250-2.1.5 Ok\r\n550 5.0.0 Changed its mind");
                line.hear();
                LockSupport.parkNanos(100_000_000); // it has more to do than we
                order.add("ended 1");
            } else {
                line.serve();
            }
        };
        try (RawRelay relay = new RawRelay(manners)) {
            Transport.send(Messages.to(relay.session(), "a@example.com"));
            assertThat(relay.taken).hasSize(1);
            assertThat(order).containsExactly("opened 1", "ended 1", "opened 2");
        }
    }

    @Test
    void a_relay_that_makes_who_is_refused_wait_keeps_its_session_and_is_spoken_to_as_before() throws Exception {
        RawRelay.Manners manners = (line, session) -> {
            line.greet("PIPELINING");
            hear(line, 3);
            line.say("250 2.1.0 Ok");
            LockSupport.parkNanos(600_000_000);
            line.say("550 5.1.1 User unknown");
            LockSupport.parkNanos(1_000_000_000);
            line.say("503 5.5.1 No recipients");
            line.serve();
        };
        try (RawRelay relay = new RawRelay(manners)) {
            Session session = relay.session();
            assertThatThrownBy(() -> Transport.send(Messages.to(session, "nobody@example.com")))
                    .isInstanceOf(RecipientRejected.class);
            Transport.send(Messages.to(session, "a@example.com"));
            assertThat(relay.taken).hasSize(1);
            assertThat(relay.sessions()).isEqualTo(1);
        }
    }
}
