package org.resilientmail.example;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.resilientmail.example.relay.RelayReport;
import org.resilientmail.failure.RecipientState;

/** Prints a run for people. */
final class ResultTable {

    private static final int REPLY_WIDTH = 44;
    private static final int ADVICE_WIDTH = 60;
    private static final int SHOWN_PROBLEMS = 20;

    private final PrintWriter out;

    ResultTable(PrintWriter out) {
        this.out = out;
    }

    private record Line(String name, String value) {}

    /**
     * Prints everything.
     *
     * @param library whether the library was asked to send, so that its counts mean something
     */
    void print(RunReport report, boolean library) {
        out.println();
        summary(report, library);
        failures(report);
        report.relay().ifPresent(this::relay);
        report.mailboxes().ifPresent(this::mailboxes);
        verdict(report);
        out.flush();
    }

    private void summary(RunReport report, boolean library) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                "messages sent", report.sent() + " of " + report.results().size()));
        lines.add(new Line("deliveries sent", String.valueOf(report.deliveries(RecipientState.SENT))));
        lines.add(new Line("deliveries unsent", String.valueOf(report.deliveries(RecipientState.UNSENT))));
        lines.add(new Line("deliveries rejected", String.valueOf(report.deliveries(RecipientState.REJECTED))));
        lines.add(new Line("deliveries uncertain", String.valueOf(report.deliveries(RecipientState.UNCERTAIN))));
        if (library) {
            lines.addAll(library(report.library()));
        }
        lines.add(new Line("time", seconds(report.took())));
        table("Sent", lines);
    }

    private static List<Line> library(Tally.Counts counts) {
        return List.of(
                new Line("messages split", counts.splits() + ", into " + counts.splitEnvelopes() + " envelopes"),
                new Line("sessions used", String.valueOf(counts.sessions())),
                new Line("rotations", String.valueOf(counts.rotations())),
                new Line("sessions closed", byReason(counts.closed(), String::valueOf)),
                new Line("retries", counts.retries() + ", and " + counts.freeRetries() + " for a session's sake"),
                new Line("waits", byReason(counts.waits(), String::valueOf)),
                new Line("limits learned", byReason(counts.learned(), String::valueOf)));
    }

    private void failures(RunReport report) {
        List<FailureRow> rows = FailureRow.of(report.results());
        if (rows.isEmpty()) {
            return;
        }
        out.println("Failures by type");
        out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                List.of(
                        column("type", FailureRow::type),
                        column("kind", FailureRow::kind),
                        right("messages", row -> String.valueOf(row.messages())),
                        right("recipients", row -> String.valueOf(row.recipients())),
                        wrapped("reply", REPLY_WIDTH, FailureRow::reply),
                        wrapped("advice", ADVICE_WIDTH, FailureRow::advice))));
        out.println();
    }

    /** Prints what the embedded relay saw. */
    void relay(RelayReport relay) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("messages accepted", relay.messages() + " for " + relay.recipients() + " recipients"));
        lines.add(new Line("sessions", String.valueOf(relay.sessions())));
        lines.add(new Line("sessions at once, at most", String.valueOf(relay.mostSessionsAtOnce())));
        lines.add(new Line("messages per session, at most", String.valueOf(relay.mostMessagesPerSession())));
        lines.add(new Line("recipients per message, at most", String.valueOf(relay.mostRecipientsPerMessage())));
        relay.refusals().forEach((reply, times) -> lines.add(new Line(reply, String.valueOf(times))));
        table("The relay's own view", lines);
    }

    private void mailboxes(MailboxCheck check) {
        out.println("Mailboxes: " + check.expected() + " copies expected, " + check.found() + " found"
                + (check.passed()
                        ? ": every accepted recipient has exactly one copy, nobody else has any."
                        : ", " + check.problems().size() + " contradictions:"));
        check.problems().stream().limit(SHOWN_PROBLEMS).forEach(problem -> out.println("  " + problem));
        if (check.problems().size() > SHOWN_PROBLEMS) {
            out.println("  and " + (check.problems().size() - SHOWN_PROBLEMS) + " more");
        }
    }

    private void verdict(RunReport report) {
        if (report.expectedRejections() > 0) {
            out.println(
                    "Rejected, as it has to be: " + report.expectedRejections() + " to a mailbox that does not exist.");
        }
        out.println(report.lost() == 0 ? "Lost: nothing." : "Lost: " + report.lost() + " deliveries.");
    }

    private void table(String title, List<Line> lines) {
        out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                lines,
                List.of(wrapped(title, ADVICE_WIDTH, Line::name), wrapped("", ADVICE_WIDTH, Line::value))));
        out.println();
    }

    private static <T> ColumnData<T> column(String header, Function<T, String> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.LEFT).with(value);
    }

    private static <T> ColumnData<T> right(String header, Function<T, String> value) {
        return new Column().header(header).dataAlign(HorizontalAlign.RIGHT).with(value);
    }

    private static <T> ColumnData<T> wrapped(String header, int width, Function<T, String> value) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(width)
                .with(value);
    }

    private static <V> String byReason(Map<String, V> counts, Function<V, String> shown) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + shown.apply(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
