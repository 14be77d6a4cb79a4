package org.resilientmail.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resilientmail.soak.SoakFaults.Copy;
import org.resilientmail.testkit.Encounter;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.FaultSource.Mishap;
import org.resilientmail.testkit.Step;

class SoakFaultsTest {

    private static Encounter encounter(Step step, int occurrence) {
        return encounter(step, occurrence, 0);
    }

    private static Encounter encounter(Step step, int occurrence, long bodyBytes) {
        return new Encounter(step, 1, 1, occurrence, "", "s@example.com", List.of("r@example.com"), "anna", bodyBytes);
    }

    private static List<Optional<Mishap>> draw(SoakFaults faults) {
        List<Optional<Mishap>> drawn = new ArrayList<>();
        for (int i = 1; i <= 2_000; i++) {
            drawn.add(faults.at(encounter(Step.RCPT, i)));
        }
        return drawn;
    }

    @Test
    void the_same_seed_draws_the_same_faults_and_its_neighbour_others() {
        assertThat(draw(new SoakFaults(7, 0.1))).isEqualTo(draw(new SoakFaults(7, 0.1)));
        assertThat(draw(new SoakFaults(7, 0.1))).isNotEqualTo(draw(new SoakFaults(8, 0.1)));
    }

    @Test
    void so_many_commands_go_wrong_as_were_asked_for() {
        assertThat(draw(new SoakFaults(7, 0))).containsOnly(Optional.empty());
        assertThat(draw(new SoakFaults(7, 1))).doesNotContain(Optional.empty());
        assertThat(draw(new SoakFaults(7, 0.1)).stream().filter(Optional::isPresent))
                .hasSizeBetween(140, 260);
    }

    @Test
    void a_body_goes_wrong_once_however_many_lines_it_has() {
        SoakFaults faults = new SoakFaults(7, 1);
        long mishaps = 0;
        for (int bytes = 0; bytes < 5_000; bytes += 50) {
            mishaps += faults.at(encounter(Step.BODY, 1, bytes)).stream().count();
        }
        assertThat(mishaps).isEqualTo(1);
        assertThat(faults.commands()).isZero();
    }

    @Test
    void only_what_may_have_been_sent_with_its_dot_is_in_doubt() {
        Copy copy = new Copy("s@example.com", "r@example.com");
        SoakFaults faults = new SoakFaults(7, 1);
        for (int i = 1; i <= 500; i++) {
            faults.at(encounter(Step.MAIL, i));
            faults.at(encounter(Step.RCPT, i));
            faults.at(encounter(Step.RSET, i));
        }
        assertThat(faults.doubts(copy)).isZero();

        long told = 0;
        for (int i = 1; i <= 500; i++) {
            Mishap mishap = faults.at(encounter(Step.END_OF_DATA, i)).orElseThrow();
            told += mishap.fault() == Fault.BARE_LF || mishap.fault() == Fault.REPLY_THEN_CLOSE ? 1 : 0;
        }
        assertThat(told).isPositive();
        assertThat(faults.doubts(copy)).isBetween(1, 500 - (int) told);
    }
}
