package org.resilientmail.matrix;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.resilientmail.testkit.LeakCheck;

/**
 * Every fault at every step: nobody gets it twice, the caller is told the truth or that there is a doubt, the call ends,
 * the next message is not harmed, and nothing is left.
 */
class FaultMatrixTest {

    @TestFactory
    Stream<DynamicTest> no_fault_makes_us_send_twice_lie_hang_leak_or_harm_the_next_message() {
        LeakCheck ours = LeakCheck.ofThreads("resilient-mail");
        LeakCheck servers = LeakCheck.ofThreads("scripted-smtp");
        ours.begin();
        servers.begin();
        MatrixRun matrix = MatrixRun.asAsked(Courier::ours);
        Stream<DynamicTest> perPosition = matrix.positions().entrySet().stream()
                .map(entry -> dynamicTest(
                        entry.getKey() + ", " + entry.getValue() + " cells", () -> matrix.await(entry.getKey())));
        DynamicTest end = dynamicTest("no thread is left", () -> {
            matrix.logTotals();
            ours.assertNothingLeft();
            servers.assertNothingLeft();
        });
        return Stream.concat(perPosition, Stream.of(end)).onClose(matrix::close);
    }
}
