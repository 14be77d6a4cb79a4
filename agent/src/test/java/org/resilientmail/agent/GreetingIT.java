package org.resilientmail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent says at start of the file it was given. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GreetingIT {

    private static final String WORDS = "resilient-mail agent: ";
    private static final MailVersion VERSION = MailVersion.ANGUS_2_0_5;
    private static final String QUIET = "mail.resilient.agent.quiet";

    @TempDir
    Path directory;

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static OneBatch send(AppJvm jvm) throws Exception {
        return OneBatch.send(jvm, VERSION);
    }

    private static void assertThatNothingIsSaid(AppJvm jvm) throws Exception {
        OneBatch batch = send(jvm);
        assertThat(batch).matches(OneBatch::allSent).matches(OneBatch::isDecorated);
        assertThat(batch.err()).isEmpty();
        assertThat(batch.out()).isEmpty();
    }

    @Test
    void its_line_is_silenced_by_a_key_wherever_the_key_stands() throws Exception {
        String quiet = file("quiet.properties", QUIET + "=true\n").toString();
        assertThatNothingIsSaid(new AppJvm().agent("").option("-D" + QUIET + "=true"));
        assertThatNothingIsSaid(new AppJvm().agent(quiet));
        assertThatNothingIsSaid(new AppJvm().agent("").option("-Dmail.resilient.config=" + quiet));
        assertThatNothingIsSaid(new AppJvm().agent("").environment("MAIL_RESILIENT_CONFIG", quiet));
    }

    @Test
    void the_nearer_of_two_such_keys_wins() throws Exception {
        Path quiet = file("quiet.properties", QUIET + "=true\n");
        assertThat(send(new AppJvm().agent(quiet.toString()).option("-D" + QUIET + "=false"))
                        .err())
                .containsExactly(WORDS + "ready, reads " + quiet + " with the first message");
    }

    @Test
    void space_around_the_name_of_the_file_does_not_count() throws Exception {
        Path file = file("settings of mine.properties", "mail.resilient.session.max-messages=2\n");
        OneBatch batch = send(new AppJvm().agent(" " + file + " "));
        assertThat(batch.messagesPerSession()).containsExactly(2, 2, 1);
        assertThat(batch.err()).containsExactly(WORDS + "ready, reads " + file + " with the first message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.properties", "", "enabled=false"})
    void what_is_no_file_is_told_in_one_line_and_nothing_is_decorated(String name) throws Exception {
        String nowhere = directory.resolve(name).toString();
        OneBatch batch = send(new AppJvm().agent(nowhere));
        FailOpenIT.assertThatItSteppedAside(batch);
        assertThat(batch.err())
                .singleElement()
                .asString()
                .contains("cannot read the configuration file " + nowhere + " its argument names");
    }

    @Test
    void a_silent_agent_tells_of_a_missing_file_when_it_is_needed() throws Exception {
        OneBatch batch = send(new AppJvm()
                .agent(directory.resolve("nowhere.properties").toString())
                .option("-D" + QUIET + "=true"));
        FailOpenIT.assertThatItSteppedAside(batch);
        assertThat(batch.err()).singleElement().asString().contains("nowhere.properties");
    }
}
