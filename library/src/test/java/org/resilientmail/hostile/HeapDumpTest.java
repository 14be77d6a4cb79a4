package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resilientmail.testkit.ForkedJvm;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** What a dump of the heap shows while a session is pooled whose application has let go of everything. */
@Timeout(120)
class HeapDumpTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void no_living_object_holds_the_password(String mechanism) throws Exception {
        String password = "pw-" + UUID.randomUUID();
        Path file = directory.resolve("secret");
        Files.write(file, password.getBytes(StandardCharsets.US_ASCII));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder()
                .user("alice", password)
                .mechanisms(mechanism)
                .requireAuth()
                .start()) {
            ForkedJvm.Result result = ForkedJvm.run(
                    directory,
                    List.of(
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DumpingApplication.class.getName(),
                            Integer.toString(server.port()),
                            mechanism,
                            file.toString()));
            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output().lines())
                    .contains("the control text was found: true", "the session was pooled: true")
                    .contains("the password was found: false");
            assertThat(server.account().messagesPerSession()).containsExactly(2);
        }
    }
}
