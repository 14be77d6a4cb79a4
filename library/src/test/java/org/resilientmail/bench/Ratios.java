package org.resilientmail.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Messages per second of ours, as multiples of the others', scene by scene. */
final class Ratios {

    private static final List<Contender> OURS = List.of(
            Contender.OURS_OFF, Contender.OURS, Contender.OURS_ONE_FLIGHT, Contender.AGENT, Contender.AGENT_ONE_FLIGHT);

    private Ratios() {}

    /** {@return a table, its header first} */
    static List<String> lines(List<Measured> results) {
        List<String> lines = new ArrayList<>();
        lines.add("delay_ms\tthreads\toctets\tcontent\tother\t"
                + String.join("\t", OURS.stream().map(Contender::id).toList()));
        for (Scene scene : results.stream().map(Measured::scene).distinct().toList()) {
            List<Measured> here =
                    results.stream().filter(one -> one.scene().equals(scene)).toList();
            here.stream()
                    .filter(other -> !OURS.contains(other.contender()))
                    .map(other -> line(other, here))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String line(Measured other, List<Measured> here) {
        Scene scene = other.scene();
        StringBuilder line = new StringBuilder(scene.delayMillis() + "\t" + scene.threads() + "\t" + scene.octets()
                + "\t" + scene.content().id() + "\t" + other.contender().id());
        for (Contender ours : OURS) {
            Optional<Measured> mine =
                    here.stream().filter(one -> one.contender() == ours).findAny();
            line.append('\t')
                    .append(mine.map(one -> String.format(Locale.ROOT, "%.2f", one.perSecond() / other.perSecond()))
                            .orElse("-"));
        }
        return line.toString();
    }
}
