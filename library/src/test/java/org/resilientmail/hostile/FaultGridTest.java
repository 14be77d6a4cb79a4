package org.resilientmail.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resilientmail.ResilientMail;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.Messages;
import org.resilientmail.testkit.RuleBuilder;
import org.resilientmail.testkit.ScriptedSmtpServer;
import org.resilientmail.testkit.Step;
import org.resilientmail.testkit.TestSessions;

/** Every fault at every step of a plain conversation, for several kinds of send. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultGridTest {

    private static final List<Step> STEPS = List.of(
            Step.CONNECT,
            Step.EHLO,
            Step.MAIL,
            Step.RCPT,
            Step.DATA,
            Step.BODY,
            Step.END_OF_DATA,
            Step.RSET,
            Step.QUIT);

    /** Steps that the message before, on the same session, has come to already. */
    private static final Set<Step> COUNTED_PER_MESSAGE = EnumSet.of(Step.MAIL, Step.RCPT, Step.DATA, Step.END_OF_DATA);

    /** What can happen where no reply is owed. */
    private static final Set<Fault> AT_BODY =
            EnumSet.of(Fault.REPLY, Fault.REPLY_THEN_CLOSE, Fault.CLOSE, Fault.RESET, Fault.GARBAGE);

    enum Shape {
        SINGLE,
        THREE,
        THREE_PARTIAL,
        OVER_CAP,
        THREE_PARTIAL_RESEND
    }

    record Cell(Step step, Fault fault, String text, Shape shape, boolean pooled, int occurrence) {}

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Step step : STEPS) {
            for (Fault fault : Fault.values()) {
                for (String text : texts(step, fault)) {
                    for (Shape shape : Shape.values()) {
                        // Fresh and pooled by turns: all of both would take the build five minutes.
                        cells.add(new Cell(step, fault, text, shape, cells.size() % 2 == 0, 1));
                        if (step == Step.RCPT && shape != Shape.SINGLE) {
                            cells.add(new Cell(step, fault, text, shape, cells.size() % 2 == 0, 2));
                        }
                    }
                }
            }
        }
        return cells.stream();
    }

    private static List<String> texts(Step step, Fault fault) {
        if (step == Step.BODY && !AT_BODY.contains(fault)) {
            return List.of();
        }
        return switch (fault) {
            case REPLY, REPLY_THEN_CLOSE ->
                step == Step.BODY
                        ? List.of("552 5.3.4 Message too big")
                        : List.of(
                                "451 4.3.0 Try again later",
                                "550 5.7.1 Refused",
                                "421 4.3.2 Closing",
                                "250 2.0.0 Ok",
                                "252 2.0.0 Well",
                                "354 Go on",
                                "199 Wait",
                                "250OK",
                                "2500 Ok",
                                "600 What");
            case TWO_REPLIES -> List.of("250 2.0.0 Extra", "550 5.0.0 Extra");
            case CODE_CHANGE_IN_MULTILINE -> List.of("550 5.0.0 Changed", "250 2.0.0 Changed");
            case PLAINTEXT_IN_TLS -> List.of();
            default -> List.of("");
        };
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nobody_gets_it_twice_and_the_caller_is_told_the_truth(Cell cell) throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            TestSessions sessions = TestSessions.of(server)
                    .smtp("timeout", "400")
                    .smtp("writetimeout", "400")
                    .set("mail.resilient.retry.initial-wait", "1ms")
                    .set("mail.resilient.retry.max-attempts", "3")
                    .set("mail.resilient.retry.deadline", "8s");
            Shape shape = cell.shape();
            if (shape.name().contains("PARTIAL")) {
                sessions.smtp("sendpartial", "true");
            }
            if (shape.name().endsWith("RESEND")) {
                sessions.set("mail.resilient.retry.uncertain", "resend");
            }
            if (shape.name().startsWith("OVER_CAP")) {
                sessions.set("mail.resilient.message.max-recipients", "2");
            }
            Session session = sessions.session();
            if (cell.pooled()) {
                assertThat(Attempt.of(Messages.to(session, "before@example.com"))
                                .told("before@example.com"))
                        .isNotNull();
            }
            int before = cell.pooled() && COUNTED_PER_MESSAGE.contains(cell.step()) ? 1 : 0;
            int occurrence = cell.occurrence() + before;
            RuleBuilder rule = server.on(cell.step()).matching(e -> e.occurrence() >= occurrence);
            if (cell.text().isEmpty()) {
                rule.fault(cell.fault());
            } else {
                rule.fault(cell.fault(), cell.text());
            }
            if (cell.step() == Step.RSET) {
                server.on(Step.RCPT)
                        .matching(e -> !e.recipients().contains("before@example.com"))
                        .reply("450 4.2.1 Not now");
            }
            int count = shape == Shape.SINGLE ? 1 : shape.name().startsWith("OVER_CAP") ? 5 : 3;
            String[] to = IntStream.range(0, count)
                    .mapToObj(i -> "r" + i + "@example.com")
                    .toArray(String[]::new);
            try {
                Attempt first = Attempt.of(Messages.to(session, to));
                first.agreesWith(server, shape.name().endsWith("RESEND") ? 3 : 1);
                Attempt after = Attempt.of(Messages.to(session, "after@example.com"));
                after.agreesWith(server, shape.name().endsWith("RESEND") ? 3 : 1);
                assertThat(after.thrown()).as("the next message is not harmed").isEmpty();
                ResilientMail.closeAll();
                server.account().awaitOpenSockets(0);
            } catch (AssertionError e) {
                throw new AssertionError(
                        cell + "\n" + e.getMessage() + "\n" + server.account().transcript(), e);
            } finally {
                ResilientMail.closeAll();
            }
        }
    }
}
