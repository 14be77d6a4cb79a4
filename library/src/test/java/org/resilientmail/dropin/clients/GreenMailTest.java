package org.resilientmail.dropin.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.testkit.Messages;

/** A server of another make, with AUTH. */
class GreenMailTest {

    @RegisterExtension
    final Overheard overheard = new Overheard();

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.setUser("a@example.com", "alice", "sesame");
        server.getUserManager().setAuthRequired(true);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Session session(String password) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty(
                "mail.smtp.port", Integer.toString(server.getSmtp().getPort()));
        properties.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("alice", password);
            }
        });
    }

    @Test
    void messages_arrive_once_each_over_one_session() throws Exception {
        Session session = session("sesame");
        for (int i = 0; i < 5; i++) {
            Transport.send(Messages.withDots(session, "a@example.com"));
        }
        assertThat(server.getReceivedMessages()).hasSize(5);
        int port = server.getSmtp().getPort();
        assertThat(overheard.count(DeliveryEvent.SessionOpened.class, port)).isEqualTo(1);
        assertThat(overheard.count(DeliveryEvent.Accepted.class, port)).isEqualTo(5);
    }

    @Test
    void a_wrong_password_is_refused_and_nothing_is_sent() {
        assertThatThrownBy(() -> Transport.send(Messages.to(session("wrong"), "a@example.com")))
                .isInstanceOf(AuthenticationFailed.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }
}
