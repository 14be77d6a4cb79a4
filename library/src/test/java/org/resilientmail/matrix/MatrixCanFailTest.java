package org.resilientmail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The matrix finds out who sends twice and who lies, and says how to see it again. */
@Timeout(120)
class MatrixCanFailTest {

    private static final String ACCEPTED_AND_LOST = "END_OF_DATA/ACCEPT_THEN_CLOSE/SINGLE/FRESH/PLAIN/DATA";
    private static final Pattern SYSTEM_PROPERTY = Pattern.compile("-D(matrix\\.\\w+)=(\\S+)");

    private static String failureOf(Map<String, String> asked, Courier courier) throws Exception {
        try (MatrixRun run = MatrixRun.asAsked(asked::get, () -> courier)) {
            assertThat(run.positions().values()).containsExactly(1);
            AssertionError found = catchThrowableOfType(AssertionError.class, () -> run.await(Position.END_OF_DATA));
            assertThat(found).as("what the matrix found").isNotNull();
            return found.getMessage();
        }
    }

    private static String failureOf(String cell, Courier courier) throws Exception {
        return failureOf(Map.of("matrix.cell", cell), courier);
    }

    @Test
    void who_sends_again_what_was_accepted_is_found_out() throws Exception {
        assertThat(failureOf(ACCEPTED_AND_LOST, Liar.RESENDING)).contains("copies for r0@example.com");
    }

    @Test
    void who_says_sent_of_what_was_refused_is_found_out() throws Exception {
        assertThat(failureOf("END_OF_DATA/PERMANENT/THREE/POOLED/STARTTLS/DATA", Liar.SWALLOWING))
                .contains("r0@example.com was told as sent");
    }

    @Test
    void who_has_callers_send_again_what_was_accepted_is_found_out() throws Exception {
        assertThat(failureOf(ACCEPTED_AND_LOST, Liar.ANGUS)).contains("r0@example.com was told as UNSENT");
    }

    @Test
    void a_body_that_arrives_changed_is_found_out() throws Exception {
        assertThat(failureOf("END_OF_DATA/BARE_LF/SINGLE/FRESH/PLAIN/CHUNKSIZE", Liar.ANGUS))
                .as("Angus stuffs dots into BDAT data")
                .contains("what arrived");
    }

    @Test
    void a_failure_tells_how_to_see_it_again_and_so_it_is() throws Exception {
        String first = failureOf(ACCEPTED_AND_LOST, Liar.RESENDING);
        Map<String, String> toRepeat = new HashMap<>();
        Matcher property = SYSTEM_PROPERTY.matcher(first);
        while (property.find()) {
            toRepeat.put(property.group(1), property.group(2));
        }
        assertThat(toRepeat).containsOnlyKeys("matrix.seed", "matrix.cell");
        assertThat(cellAndVariant(failureOf(toRepeat, Liar.RESENDING))).isEqualTo(cellAndVariant(first));
    }

    private static List<String> cellAndVariant(String failure) {
        return failure.lines()
                .filter(line -> line.startsWith(ACCEPTED_AND_LOST))
                .toList();
    }

    @Test
    void what_is_drawn_depends_on_seed_and_cell_alone() {
        Cell cell = Cell.product().sensible().get(4711);
        assertThat(Variant.draw(1, cell)).isEqualTo(Variant.draw(1, cell)).isNotEqualTo(Variant.draw(2, cell));
    }

    @Test
    void a_cell_that_does_not_exist_is_no_empty_success() {
        assertThatThrownBy(() -> MatrixRun.asAsked(Map.of("matrix.cell", "NOOP/*/SINGLE/FRESH")::get, () -> Liar.ANGUS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOOP/*/SINGLE/FRESH");
    }
}
