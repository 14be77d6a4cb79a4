package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.HostnameVerifier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** A pooled session serves those who would have opened one just like it, and nobody else: password by password, setting by setting. */
@Timeout(120)
class SharedWithNobodyElseTest {

    /** Composed and, in the attempts below, decomposed; a lone surrogate. */
    private static final String PASSWORD = "S\u00e4cret? 1";

    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder()
            .startTls()
            .requireAuth()
            .user("alice", PASSWORD)
            .user("Alice", "another")
            .start();

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private TestSessions alice() {
        return TestSessions.of(server)
                .as("alice", PASSWORD)
                .set("mail.resilient.retry.max-attempts", "1")
                .set("mail.resilient.session.max-open", "10");
    }

    private void send(Session session) throws MessagingException {
        Transport.send(Messages.to(session, "a@example.com"));
    }

    private void sendAs(String user, String password) throws MessagingException {
        Session session = Session.getInstance(alice().properties());
        try (Transport transport = session.getTransport()) {
            transport.connect("127.0.0.1", server.port(), user, password);
            MimeMessage message = Messages.to(session, "a@example.com");
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    @Test
    void a_password_given_and_the_same_one_from_an_authenticator_share() throws Exception {
        send(alice().session());
        sendAs("alice", PASSWORD);
        assertThat(server.account().messagesPerSession()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "alice,sa\u0308cret? 1",
                "alice,Sa\u0308cret? 1",
                "alice,s\u00e4cret? 1",
                "alice,S\u00c4CRET? 1",
                "alice,S\u00e4cret? 1 ",
                "alice, S\u00e4cret? 1",
                "alice,S\u00e4cret?  1",
                "alice,S\u00e4cret?\u00a01",
                "alice,S\u00e4cret? \uff11",
                "alice,' '",
                "alice,''",
                "alice,",
                "Alice,S\u00e4cret? 1",
                "alice ,S\u00e4cret? 1",
                "\u0430lice,S\u00e4cret? 1",
                "alice\u200b,S\u00e4cret? 1",
                "'',S\u00e4cret? 1",
                "alice,another"
            })
    void other_credentials_do_not_get_it(String user, String password) throws Exception {
        send(alice().session());
        assertThatThrownBy(() -> sendAs(user, password)).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> sendAs(user, password)).isInstanceOf(AuthenticationFailedException.class);
        assertThat(server.account().accepted()).hasSize(1);
        sendAs("alice", PASSWORD);
        assertThat(server.account().accepted()).extracting(m -> m.user()).containsOnly("alice");
    }

    @Test
    void a_lone_surrogate_is_not_the_question_mark_an_encoder_makes_of_it() throws Exception {
        send(alice().session());
        try {
            sendAs("alice", PASSWORD.replace('?', '\ud800'));
        } catch (AuthenticationFailedException refused) {
            assertThat(server.account().accepted()).hasSize(1);
        }
        // On the wire it may well be one; but it is the server that has to say so, not the pool.
        assertThat(server.account().logins()).hasSize(2);
    }

    /** Settings of the Session that make it another connection. */
    private enum Setting {
        START_TLS(TestSessions::startTls),
        IF_OFFERED(s -> trusting(s).smtp("starttls.enable", "true")),
        UNCHECKED_NAME(s -> s.startTls().smtp("ssl.checkserveridentity", "false")),
        CHECKED_NAME(s -> s.startTls().smtp("ssl.checkserveridentity", "true")),
        OTHER_TRUST(s -> s.startTls().set("mail.smtp.ssl.socketFactory", TestCertificate.factoryTrustingBoth())),
        TRUST_ALL(s -> s.startTls().distrusting().smtp("ssl.trust", "*")),
        TRUST_ONE(s -> s.startTls().distrusting().smtp("ssl.trust", "127.0.0.1")),
        VERIFIER(s -> s.startTls().set("mail.smtp.ssl.hostnameverifier", (HostnameVerifier) (host, tls) -> true)),
        PROTOCOL(s -> s.startTls().smtp("ssl.protocols", "TLSv1.3")),
        CIPHERS(s -> s.startTls().smtp("ssl.ciphersuites", "TLS_AES_128_GCM_SHA256")),
        MECHANISM(s -> s.smtp("auth.mechanisms", "LOGIN")),
        REALM(s -> s.smtp("sasl.realm", "another")),
        NTLM_DOMAIN(s -> s.smtp("auth.ntlm.domain", "another")),
        NO_LOGIN(s -> s.smtp("auth.plain.disable", "true"));

        private final UnaryOperator<TestSessions> change;

        Setting(UnaryOperator<TestSessions> change) {
            this.change = change;
        }

        private static TestSessions trusting(TestSessions sessions) {
            return sessions.set("mail.smtp.ssl.socketFactory", TestCertificate.clientSocketFactory());
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void no_setting_gets_the_session_of_another_one(Setting setting) throws Exception {
        Session with = setting.change.apply(alice()).session();
        for (Setting other : Setting.values()) {
            if (other != setting) {
                send(other.change.apply(alice()).session());
            }
        }
        send(alice().session());
        int others = server.account().opened();
        send(with);
        send(with);
        assertThat(server.account().opened()).isEqualTo(others + 1);
        assertThat(server.account().session(others + 1).messages()).isEqualTo(2);
    }

    /** What an application sets on its transport object. */
    private enum Setter {
        REQUIRED(t -> {
            t.setStartTLS(true);
            t.setRequireStartTLS(true);
        }),
        REALM(t -> t.setSASLRealm("another")),
        AUTHORIZATION(t -> t.setAuthorizationID("bob")),
        DOMAIN(t -> t.setNTLMDomain("another")),
        MECHANISMS(t -> t.setSASLMechanisms(new String[] {"LOGIN"}));

        private final Consumer<SMTPTransport> call;

        Setter(Consumer<SMTPTransport> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource(Setter.class)
    void no_setter_is_overlooked(Setter setter) throws Exception {
        Session session = Setting.trusting(alice()).session();
        send(session);
        try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            setter.call.accept(transport);
            transport.connect();
            assertThat(transport.isSSL()).isEqualTo(setter == Setter.REQUIRED);
        }
        assertThat(server.account().opened()).isEqualTo(2);
        assertThat(server.account().session(2).commands().contains("STARTTLS")).isEqualTo(setter == Setter.REQUIRED);
    }
}
