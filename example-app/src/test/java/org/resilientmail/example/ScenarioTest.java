package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {

    @ParameterizedTest
    @CsvSource({"300, 120", "2, 0", "3, 120", "150, 1"})
    void invented_readers_are_all_different_and_one_of_them_does_not_exist(int messages, int announceTo) {
        Scenario scenario = Scenario.invented(messages, announceTo);
        assertThat(scenario.issues()).hasSize(messages).doesNotHaveDuplicates();
        assertThat(scenario.issues()).extracting(InternetAddress::getAddress).containsOnlyOnce("nobody@example.com");
        assertThat(scenario.announced()).hasSize(announceTo).doesNotHaveDuplicates();
        assertThat(scenario.announced()).extracting(InternetAddress::getAddress).doesNotContain("nobody@example.com");
        assertThat(scenario.troubles().unknownMailboxes()).isEqualTo(scenario.missing());
    }

    @Test
    void given_recipients_are_all_taken_for_existing() {
        List<InternetAddress> readers = IntStream.range(0, 5)
                .mapToObj(i -> Samples.address("r" + i + "@example.com"))
                .toList();
        Scenario scenario = Scenario.given(readers, 120);
        assertThat(scenario.issues()).isEqualTo(readers);
        assertThat(scenario.announced()).isEqualTo(readers);
        assertThat(scenario.missing()).isEmpty();
        assertThat(scenario.troubles().unknownMailboxes()).isEmpty();
    }

    @Test
    void one_large_message_and_one_for_everybody_is_the_batch() {
        Scenario scenario = Scenario.invented(10, 120);
        List<Mailing> mailings = Newsletter.compose(scenario.issues(), scenario.announced());
        assertThat(mailings).hasSize(11);
        assertThat(mailings).extracting(Mailing::key).doesNotHaveDuplicates();
        assertThat(mailings.get(0).recipients()).hasSize(120);
        assertThat(mailings.subList(1, 11))
                .allSatisfy(mailing -> assertThat(mailing.recipients()).hasSize(1));
    }
}
