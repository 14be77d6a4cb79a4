package org.resilientmail.soak;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.resilientmail.testkit.Fault;
import org.resilientmail.testkit.FaultSource.Mishap;
import org.resilientmail.testkit.Step;

/**
 * What can go wrong at one step, and how often each, compared with the others. Immutable.
 *
 * <p>Left out on purpose: replies that speak of the account's limits or of the credentials. They are not faults of the
 * moment: the library keeps what it learns from them, or stops for minutes, as it should. Plain text inside TLS needs TLS.
 */
final class FaultTable {

    /**
     * One possibility.
     *
     * @param mishap what happens
     * @param weight how often, compared with the others
     * @param leavesDoubt whether the client may have sent the final dot and gets no reply to it that can be trusted
     */
    record Choice(Mishap mishap, int weight, boolean leavesDoubt) {}

    private static final String CLOSING = "421 4.3.2 Service shutting down";

    /** Each costs a whole read time-out. */
    private static final Set<Fault> SILENT =
            EnumSet.of(Fault.SILENCE, Fault.HALF_LINE_THEN_SILENCE, Fault.ACCEPT_THEN_SILENCE);

    /** The client reads the reply, and may believe it. */
    private static final Set<Fault> TELLING = EnumSet.of(
            Fault.REPLY,
            Fault.REPLY_THEN_CLOSE,
            Fault.TWO_REPLIES,
            Fault.STALE_REPLY_BEFORE,
            Fault.SLOW_DRIP,
            Fault.BARE_LF,
            Fault.LONG_LINE);

    /** What goes wrong in the middle of a message, where no reply is owed. */
    private static final Set<Fault> IN_BODY =
            EnumSet.of(Fault.REPLY, Fault.REPLY_THEN_CLOSE, Fault.CLOSE, Fault.RESET, Fault.SILENCE, Fault.GARBAGE);

    private static final Set<Step> WITHOUT_FAULTS = EnumSet.of(Step.STARTTLS, Step.TLS_HANDSHAKE);

    private final List<Choice> choices;
    private final int total;

    private FaultTable(List<Choice> choices) {
        this.choices = List.copyOf(choices);
        this.total = choices.stream().mapToInt(Choice::weight).sum();
    }

    static FaultTable of(Step step) {
        List<Choice> choices = new ArrayList<>();
        if (!WITHOUT_FAULTS.contains(step)) {
            for (Fault fault : Fault.values()) {
                if (fault != Fault.PLAINTEXT_IN_TLS && (step != Step.BODY || IN_BODY.contains(fault))) {
                    add(choices, step, fault);
                }
            }
        }
        return new FaultTable(choices);
    }

    private static void add(List<Choice> choices, Step step, Fault fault) {
        switch (fault) {
            case REPLY -> {
                add(choices, step, fault, "451 4.3.0 Try again later", 300, false);
                add(choices, step, fault, CLOSING, 20, false);
                if (step != Step.AUTH && step != Step.AUTH_CONTINUE) {
                    add(choices, step, fault, refusal(step), 20, false);
                }
                if (step != Step.BODY) {
                    for (String odd : List.of("250OK", "600 What", "199 Wait")) {
                        add(choices, step, fault, odd, 4, step == Step.END_OF_DATA);
                    }
                }
            }
            case REPLY_THEN_CLOSE -> add(choices, step, fault, CLOSING, 40, false);
            case TWO_REPLIES -> add(choices, step, fault, "250 2.0.0 And another", 15, step == Step.DATA);
            case STALE_REPLY_BEFORE -> add(choices, step, fault, null, 15, step == Step.DATA);
            case LONG_LINE, SLOW_DRIP -> add(choices, step, fault, null, 4, false);
            default -> add(choices, step, fault, null, SILENT.contains(fault) ? 2 : 20, leavesDoubt(step, fault));
        }
    }

    private static void add(List<Choice> choices, Step step, Fault fault, String text, int weight, boolean doubt) {
        // Small messages are sent with their dot in one go: what happens within them happens after the dot.
        choices.add(new Choice(new Mishap(fault, text), weight, doubt || step == Step.BODY));
    }

    private static boolean leavesDoubt(Step step, Fault fault) {
        return step == Step.END_OF_DATA && !TELLING.contains(fault);
    }

    private static String refusal(Step step) {
        return step == Step.RCPT ? "550 5.1.1 User unknown" : "554 5.3.0 Transaction failed";
    }

    boolean isEmpty() {
        return choices.isEmpty();
    }

    Choice draw(SplittableRandom random) {
        int ticket = random.nextInt(total);
        for (Choice choice : choices) {
            ticket -= choice.weight();
            if (ticket < 0) {
                return choice;
            }
        }
        throw new AssertionError("the weights do not add up");
    }
}
