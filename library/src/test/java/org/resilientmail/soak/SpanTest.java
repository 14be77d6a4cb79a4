package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

    @Test
    void spans_that_share_a_moment_are_counted_together() {
        assertThat(Span.mostAtOnce(List.of(new Span(0, 10), new Span(5, 7), new Span(6, 20), new Span(8, 9))))
                .isEqualTo(3);
    }

    @Test
    void a_span_that_begins_where_another_ends_does_not_share_it() {
        assertThat(Span.mostAtOnce(List.of(new Span(0, 10), new Span(10, 20), new Span(20, 30))))
                .isEqualTo(1);
    }

    @Test
    void none_is_none() {
        assertThat(Span.mostAtOnce(List.of())).isZero();
        assertThat(Span.mostWithin(10, List.of())).isZero();
    }

    @Test
    void a_clock_that_passes_its_highest_number_counts_on() {
        long late = Long.MAX_VALUE - 5;
        assertThat(Span.mostAtOnce(List.of(new Span(late, late + 10), new Span(late + 8, late + 20))))
                .isEqualTo(2);
    }

    @Test
    void moments_a_whole_period_apart_are_not_within_it() {
        assertThat(Span.mostWithin(10, List.of(0L, 10L, 20L))).isEqualTo(1);
        assertThat(Span.mostWithin(11, List.of(0L, 10L, 20L))).isEqualTo(2);
    }

    @Test
    void the_busiest_stretch_counts_wherever_it_begins() {
        assertThat(Span.mostWithin(10, List.of(0L, 9L, 12L, 13L, 18L, 30L))).isEqualTo(4);
    }
}
