package org.resilientmail.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CopyCountTest {

    private static final List<String> READERS = List.of("a@example.com", "b@example.com", "nobody@example.com");

    private static CopyCount count(Map<String, List<String>> mailboxes) {
        return CopyCount.of(READERS, Set.of("nobody@example.com"), mailboxes);
    }

    @Test
    void one_copy_for_everybody_who_can_be_reached_is_as_it_should_be() {
        assertThat(count(Map.of("a@example.com", List.of("1"), "b@example.com", List.of("2")))
                        .isOneEach())
                .isTrue();
    }

    @Test
    void none_two_and_strangers_are_not() {
        assertThat(count(Map.of("a@example.com", List.of("1")))).isEqualTo(new CopyCount(2, 1, 1, 0, 0));
        assertThat(count(Map.of("a@example.com", List.of("1", "1"), "b@example.com", List.of("2")))
                        .isOneEach())
                .isFalse();
        assertThat(count(Map.of("a@example.com", List.of("1"), "b@example.com", List.of("2"), "c@x.y", List.of("3")))
                        .isOneEach())
                .isFalse();
    }
}
