package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.ServerBuilder;
import org.resilientmail.testkit.TestCertificate;
import org.resilientmail.testkit.TestSessions;

/** Whose certificate is taken for whose: as Angus has it, with every setting there is for it, the second time too. */
@Timeout(120)
class CertificateNamesTest {

    private ScriptedSmtpServer server;

    @AfterEach
    void endAll() {
        ResilientMail.closeAll();
        server.close();
    }

    private void serve(boolean implicit) {
        ServerBuilder builder = ScriptedSmtpServer.builder();
        server = (implicit ? builder.implicitTls() : builder.requireTls()).start();
    }

    /** Sessions that trust the issuer of the right certificate and of the other one. */
    private TestSessions trustingBoth() {
        TestSessions sessions = TestSessions.of(server).set("mail.resilient.retry.max-attempts", "1");
        String prefix = "mail.smtps.";
        if (!server.isImplicitTls()) {
            sessions.startTls();
            prefix = "mail.smtp.";
        }
        return sessions.set(prefix + "ssl.socketFactory", TestCertificate.factoryTrustingBoth());
    }

    static Stream<Arguments> settings() {
        List<String> all = List.of(
                "",
                "ssl.checkserveridentity=true",
                "ssl.checkserveridentity=false",
                "ssl.trust=*",
                "ssl.trust=127.0.0.1",
                "ssl.trust=mx.other.example",
                "ssl.trust=* ssl.checkserveridentity=false",
                "ssl.trust=mx.other.example ssl.checkserveridentity=false");
        return Stream.of(true, false)
                .flatMap(implicit -> Stream.of(true, false)
                        .flatMap(another -> all.stream().map(setting -> Arguments.of(implicit, another, setting))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void we_take_and_refuse_what_angus_takes_and_refuses(boolean implicit, boolean another, String setting) {
        serve(implicit);
        if (another) {
            server.showAnotherName();
        }
        Throwable angus = connecting(with(setting).plainAngus().session());
        Throwable ours = connecting(with(setting).session());
        assertThat(rootOf(ours))
                .hasSameClassAs(rootOf(angus))
                .hasMessage(rootOf(angus).getMessage());
        assertThat(server.account().count("MAIL")).isZero();
    }

    private TestSessions with(String setting) {
        TestSessions sessions = trustingBoth();
        if (setting.contains("ssl.trust")) {
            sessions.distrusting(); // that list is for who names no factory
        }
        Arrays.stream(setting.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("=", 2))
                .forEach(each -> sessions.smtp(each[0], each[1]));
        return sessions;
    }

    private static Throwable connecting(Session session) {
        Throwable thrown = catchThrowable(() -> {
            try (Transport transport = session.getTransport()) {
                transport.connect();
            }
        });
        return thrown == null ? new Throwable("none: it connected") : thrown;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (nextOf(root) != null) {
            root = nextOf(root);
        }
        return root;
    }

    private static Throwable nextOf(Throwable thrown) {
        return thrown instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : thrown.getCause();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void somebody_else_who_answers_the_second_time_is_refused(boolean implicit) throws Exception {
        serve(implicit);
        Session session =
                trustingBoth().set("mail.resilient.session.max-messages", "1").session();
        Transport.send(Messages.to(session, "a@example.com"));
        server.showAnotherName();
        Throwable thrown = catchThrowable(() -> Transport.send(Messages.to(session, "b@example.com")));
        // Angus asks the JDK's own trust, too, where an application's factory fails, and tells of that.
        assertThat(rootOf(thrown)).isInstanceOf(GeneralSecurityException.class);
        assertThat(server.account().copiesPerRecipient()).containsOnlyKeys("a@example.com");
        assertThat(server.account().count("MAIL")).isEqualTo(1);
    }
}
