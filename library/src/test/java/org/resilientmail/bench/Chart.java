package org.resilientmail.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/** The picture of a run: messages per second in the scene with the longest delay, fewest threads, smallest messages. */
final class Chart {

    private Chart() {}

    /** {@return the scene that is shown} */
    static Scene shown(List<Measured> results) {
        return results.stream()
                .map(Measured::scene)
                .min(Comparator.comparingInt((Scene scene) -> -scene.delayMillis())
                        .thenComparingInt(Scene::threads)
                        .thenComparingInt(Scene::octets))
                .orElseThrow();
    }

    /** Writes it as SVG. */
    static void write(List<Measured> results, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Scene scene = shown(results);
        List<Measured> bars = results.stream()
                .filter(one -> one.scene().equals(scene))
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList();
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(760)
                .height(60 + 36 * bars.size())
                .title("Messages per second: " + scene + ", STARTTLS")
                .xAxisTitle("messages per second")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.addSeries(
                "messages per second",
                bars.stream().map(Chart::rounded).toList(),
                bars.stream().map(one -> one.contender().title()).toList());
        ChartEncoder.saveChart(chart, file.toString(), "svg");
    }

    private static double rounded(Measured one) {
        return Math.round(one.perSecond() * 10) / 10.0;
    }
}
