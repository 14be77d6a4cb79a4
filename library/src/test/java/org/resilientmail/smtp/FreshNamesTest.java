package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshNamesTest {

    private static final String NAME = "relay.example.com";

    private final FreshNames names = new FreshNames(Duration.ofSeconds(30));

    @Test
    void a_name_is_fresh_while_java_remembers_it_with_time_to_spare() {
        names.note(NAME, seconds(100));

        assertThat(names.has(NAME, seconds(100))).isTrue();
        assertThat(names.has(NAME, seconds(124))).isTrue();
        assertThat(names.has(NAME, seconds(126))).isFalse();
        assertThat(names.has("other.example.com", seconds(100))).isFalse();
    }

    @Test
    void a_look_up_that_java_answered_from_memory_makes_it_no_fresher() {
        names.note(NAME, seconds(100));
        names.note(NAME, seconds(129));

        assertThat(names.has(NAME, seconds(129))).isFalse();

        names.note(NAME, seconds(131));

        assertThat(names.has(NAME, seconds(132))).isTrue();
    }

    @Test
    void where_java_remembers_nothing_no_name_is_fresh() {
        FreshNames forgetful = new FreshNames(Duration.ZERO);
        forgetful.note(NAME, seconds(100));

        assertThat(forgetful.has(NAME, seconds(100))).isFalse();
    }

    @Test
    void it_does_not_grow_without_bounds() {
        for (int i = 0; i < 1000; i++) {
            names.note("relay" + i + ".example.com", seconds(100));
        }
        long known = java.util.stream.IntStream.range(0, 1000)
                .filter(i -> names.has("relay" + i + ".example.com", seconds(101)))
                .count();

        assertThat(known).isBetween(1L, 256L);
        assertThat(names.has("relay999.example.com", seconds(101))).isTrue();
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
