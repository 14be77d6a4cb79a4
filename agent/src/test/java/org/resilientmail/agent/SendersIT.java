package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;

/** Libraries and tools that send by Jakarta Mail send by us, and know nothing of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SendersIT {

    private static final int MESSAGES = 5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void whoever_sends_gets_all_messages_through_once(Sender sender) throws Exception {
        String classPath = SourceApp.classPath(sender.application(), directory.resolve("app"), sender.libraries());
        Path config = Files.writeString(
                directory.resolve("resilient-mail.properties"), "mail.resilient.retry.initial-wait=5ms\n");
        assertThat(arrived(new AppJvm(), sender, classPath))
                .as("without: the trouble is real")
                .isLessThan(MESSAGES);
        assertThat(arrived(new AppJvm().agent(config.toString()), sender, classPath))
                .isEqualTo(MESSAGES);
    }

    private static int arrived(AppJvm jvm, Sender sender, String classPath) throws Exception {
        try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
            server.on(Step.RCPT).occurrence(2).reply("451 4.3.0 Temporary problem, try again");
            AppJvm.Ended ended = jvm.run("-cp", classPath, sender.application(), Integer.toString(server.port()));
            assertThat(ended.status()).as("%s", ended).isZero();
            assertThat(server.account().duplicates()).isEmpty();
            return server.account().accepted().size();
        }
    }
}
