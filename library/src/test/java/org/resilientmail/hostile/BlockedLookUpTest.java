package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.resilientmail.testkit.ForkedJvm;
import org.resilientmail.testkit.ScriptedSmtpServer;

/** Names that are looked up for ever: whatever name it is, the call ends at its deadline, and an interrupt ends it. */
@Timeout(120)
class BlockedLookUpTest {

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no pipes in the file system")
    void a_look_up_that_blocks_ends_with_the_call() throws Exception {
        Path pipe = directory.resolve("hosts");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(Files.exists(pipe)).isTrue();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ForkedJvm.Result result = ForkedJvm.run(
                    directory,
                    List.of(
                            "-Djdk.net.hosts.file=" + pipe,
                            "-cp",
                            System.getProperty("java.class.path"),
                            BlockedLookUp.class.getName(),
                            server.host(),
                            Integer.toString(server.port())));
            assertThat(result.output().lines().map(line -> line.replaceFirst("^numbers \\d+", "numbers")))
                    .containsExactly(
                            "numbers sent",
                            "relay 1 CONNECT io:connect-timeout",
                            "again 1 CONNECT io:connect-timeout",
                            "proxy.host 1 CONNECT io:connect-timeout",
                            "socks.host 1 CONNECT io:connect-timeout",
                            "localaddress 1 CONNECT io:connect-timeout",
                            "hello 1 CONNECT io:connect-timeout",
                            "interrupted 0 CONNECT io:interrupted flagged",
                            "threads 6" /* one for each name, however often it is looked up */);
            assertThat(server.account().accepted()).hasSize(1);
        }
    }
}
