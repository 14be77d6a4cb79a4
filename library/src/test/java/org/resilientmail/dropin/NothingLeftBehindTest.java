package org.resilientmail.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.TestSessions;

/** A web application that is undeployed: after an orderly end no thread of ours holds its class loader. */
class NothingLeftBehindTest {

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("resilient-mail"))
                .toList();
    }

    private static void endAll() throws InterruptedException {
        ResilientMail.closeAll();
        // Well under session.max-idle, which would end the thread as well.
        for (Thread thread : ours()) {
            thread.join(Duration.ofSeconds(10).toMillis());
        }
        assertThat(ours()).isEmpty();
    }

    @Test
    void closing_all_sessions_ends_every_thread_and_every_connection_and_sending_goes_on_afterwards() throws Exception {
        endAll(); // of other tests
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Session session = TestSessions.session(server);
            for (int i = 1; i <= 2; i++) {
                Transport.send(Messages.to(session, "a@example.com"));
                assertThat(ours()).isNotEmpty();
                endAll();
                server.account().awaitOpenSockets(0);
                assertThat(server.account().session(i).count("QUIT")).isEqualTo(1);
            }
            assertThat(server.account().accepted()).hasSize(2);
        }
    }
}
