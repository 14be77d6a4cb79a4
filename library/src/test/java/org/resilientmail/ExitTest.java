package org.resilientmail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.testkit.ForkedJvm;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** The end of a JVM that has idle sessions. */
@Timeout(120)
class ExitTest {

    @TempDir
    Path directory;

    @Test
    void a_jvm_that_ends_says_quit_and_is_not_held_up() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ForkedJvm.Result result = ForkedJvm.run(
                    directory,
                    List.of(
                            "-cp",
                            System.getProperty("java.class.path"),
                            Application.class.getName(),
                            Integer.toString(server.port())));
            assertThat(result.status()).as(result.output()).isZero();
            server.account().awaitOpenSockets(0);
            assertThat(server.account().accepted()).hasSize(1);
            assertThat(server.account().session(1).commands()).endsWith("QUIT");
        }
    }

    /** Sends one message and returns from main, with a session idle for an hour. */
    static final class Application {

        private Application() {}

        public static void main(String[] args) throws Exception {
            Properties properties = new Properties();
            properties.put("mail.smtp.host", "127.0.0.1");
            properties.put("mail.smtp.port", args[0]);
            properties.put("mail.resilient.session.max-idle", "1h");
            properties.put("mail.resilient.session.max-lifetime", "1h");
            Transport.send(Messages.to(Session.getInstance(properties), "a@example.com"));
        }
    }
}
