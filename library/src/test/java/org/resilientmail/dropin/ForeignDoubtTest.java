package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.failure.DeliveryUncertain;

/** A transport that is not Angus', and not even SMTP, whose failure leaves open whether the message was accepted. */
class ForeignDoubtTest {

    private final Session session = Session.getInstance(new Properties());

    @ParameterizedTest
    @ValueSource(strings = {"408 Request Timeout", "Read timed out", "250 accepted, but the connection broke"})
    void what_proves_no_refusal_is_sent_once_and_names_the_message(String words) throws Exception {
        Failing foreign = new Failing(session, words);
        Transport transport = ResilientMail.decorate(
                session, foreign, ResilientConfig.builder().build());
        transport.connect("relay.example.net", 1, "user", "secret");
        MimeMessage message = new MimeMessage(session);
        message.setFrom("news@example.com");
        message.setText("x");
        message.saveChanges();
        Address[] readers = InternetAddress.parse("a@example.com");
        DeliveryUncertain doubt =
                catchThrowableOfType(DeliveryUncertain.class, () -> transport.sendMessage(message, readers));
        assertThat(doubt.messageId()).contains(message.getMessageID());
        assertThat(foreign.sends).isEqualTo(1);
    }

    private static final class Failing extends Transport {

        private final String words;
        private int sends;

        Failing(Session session, String words) {
            super(session, new URLName("foreign", "relay.example.net", 1, null, "user", null));
            this.words = words;
        }

        @Override
        protected boolean protocolConnect(String host, int port, String user, String password) {
            return true;
        }

        @Override
        public void sendMessage(Message message, Address[] addresses) throws MessagingException {
            sends++;
            throw new MessagingException(words);
        }
    }
}
