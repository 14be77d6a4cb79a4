package org.resilientmail.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the README shows: one thread, the smallest messages; with the longest delay, and without any. */
final class Table {

    private Table() {}

    /** {@return a table in Markdown} */
    static List<String> lines(List<Measured> results) {
        Scene far = Chart.shown(results);
        Scene near = new Scene(0, far.threads(), far.octets());
        List<String> lines = new ArrayList<>();
        lines.add("| | round trips | messages per second at " + far.delayMillis()
                + " ms | beside `Transport.send` | messages per second on loopback | beside Angus reused"
                + " | CPU microseconds per message | KB allocated per message |");
        lines.add("| --- " + "| ---: ".repeat(7) + "|");
        for (Contender contender : Contender.values()) {
            Optional<Measured> there = of(contender, far, results);
            Optional<Measured> here = of(contender, near, results);
            if (there.isPresent() && here.isPresent()) {
                lines.add(row(there.get(), here.get(), results));
            }
        }
        return lines;
    }

    private static String row(Measured there, Measured here, List<Measured> results) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.1f | %s | %.0f | %s | %.0f | %.0f |",
                there.contender().title(),
                there.roundTrips(),
                there.perSecond(),
                ratio(there, of(Contender.ANGUS_SEND, there.scene(), results)),
                here.perSecond(),
                ratio(here, of(Contender.ANGUS_REUSED, here.scene(), results)),
                here.cpuMicros(),
                here.allocated() / 1024);
    }

    private static String ratio(Measured one, Optional<Measured> other) {
        return other.map(that -> String.format(Locale.ROOT, "%.2f", one.perSecond() / that.perSecond()))
                .orElse("-");
    }

    private static Optional<Measured> of(Contender contender, Scene scene, List<Measured> results) {
        return results.stream()
                .filter(one -> one.contender() == contender && one.scene().equals(scene))
                .findAny();
    }
}
