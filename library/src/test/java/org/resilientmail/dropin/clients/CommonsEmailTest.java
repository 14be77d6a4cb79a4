package org.resilientmail.dropin.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.Email;
import org.apache.commons.mail2.jakarta.HtmlEmail;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.resilientmail.DeliveryEvent;
import org.resilientmail.failure.AuthenticationFailed;
import org.resilientmail.failure.RecipientRejected;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

class CommonsEmailTest {

    @RegisterExtension
    final Overheard overheard = new Overheard();

    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.builder().user("alice", "sesame").requireAuth().start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private <T extends Email> T filled(T email, String password, String recipient) throws EmailException {
        email.setHostName(server.host());
        email.setSmtpPort(server.port());
        email.setAuthentication("alice", password);
        email.setFrom("sender@example.com");
        email.setSubject("Hello");
        email.addTo(recipient);
        return email;
    }

    private SimpleEmail simple(String password, String recipient) throws EmailException {
        SimpleEmail email = filled(new SimpleEmail(), password, recipient);
        email.setMsg("A line of text.");
        return email;
    }

    @Test
    void messages_of_all_kinds_go_out_over_one_session() throws Exception {
        simple("sesame", "a@example.com").send();
        HtmlEmail html = filled(new HtmlEmail(), "sesame", "b@example.com");
        html.setHtmlMsg("<b>rich</b>");
        html.setTextMsg("plain");
        html.setBounceAddress("bounces@example.com");
        html.send();
        simple("sesame", "c@example.com").send();
        assertThat(server.account().accepted())
                .extracting(m -> m.sender())
                .containsExactly("sender@example.com", "bounces@example.com", "sender@example.com");
        assertThat(server.account().opened()).isEqualTo(1);
        assertThat(overheard.count(DeliveryEvent.Accepted.class, server.port())).isEqualTo(3);
    }

    @Test
    void failures_are_the_cause_of_its_own_exception() throws Exception {
        server.on(Step.RCPT).to("nobody@example.com").always().reply("550 5.1.1 User unknown");
        assertThatThrownBy(() -> simple("sesame", "nobody@example.com").send())
                .isInstanceOf(EmailException.class)
                .hasCauseInstanceOf(RecipientRejected.class);
        assertThatThrownBy(() -> simple("wrong", "a@example.com").send())
                .isInstanceOf(EmailException.class)
                .hasCauseInstanceOf(AuthenticationFailed.class);
        assertThat(server.account().accepted()).isEmpty();
    }
}
