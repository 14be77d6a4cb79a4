package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that know nothing of the library, past a relay with a provider's limits. */
class LegacyIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String name, String... more) {
        String[] words = new String[more.length + 5];
        words[0] = "legacy";
        words[1] = "--app";
        words[2] = Path.of(System.getProperty("legacy.folder"), name, "target", name + ".jar")
                .toString();
        words[3] = "--messages";
        words[4] = "30";
        System.arraycopy(more, 0, words, 5, more.length);
        return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-javax", "legacy-jakarta"})
    void without_the_agent_messages_are_lost(String name) {
        assertThat(run(name)).isEqualTo(1);
        assertThat(out.toString()).contains(name + ".jar without the agent:", "Of 149 readers, ", "that failed: ");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-javax", "legacy-jakarta"})
    void with_the_agent_everybody_has_the_message_once(String name) {
        assertThat(run(name, "--agent", System.getProperty("legacy.agent")))
                .as("%s", out)
                .isZero();
        assertThat(out.toString())
                .contains(name + ".jar with the agent:", "Of 149 readers, 149 have the message once, 0 never")
                .contains("that failed: 1", "RECIPIENT_REJECTED");
        assertThat(err.toString()).isEmpty();
    }
}
