package org.resilientmail.bench;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * What came out for one contestant in one scene.
 *
 * @param messages that the sink took
 * @param seconds it took
 * @param cpuMicros of the contestant's JVM, per message
 * @param threadsMicros what of that Java's threads used: the rest compiled, or collected garbage
 * @param allocated octets in it, per message
 * @param peakHeap the most octets that its heap held, garbage included
 * @param roundTrips per message; connecting and handshakes of TLS are not counted
 * @param leastHeap the megabytes of heap that are enough, where that was asked for
 */
record Measured(
        Contender contender,
        Scene scene,
        long messages,
        double seconds,
        double cpuMicros,
        double threadsMicros,
        double allocated,
        long peakHeap,
        double roundTrips,
        OptionalInt leastHeap) {

    /** The names of the columns of {@link #row()}. */
    static String header() {
        return String.join(
                "\t",
                "contender",
                "delay_ms",
                "threads",
                "octets",
                "content",
                "messages",
                "seconds",
                "messages_per_s",
                "cpu_us_per_message",
                "thread_cpu_us_per_message",
                "allocated_per_message",
                "round_trips_per_message",
                "peak_heap_mb",
                "least_heap_mb");
    }

    /** {@return the same with the heap that is enough} */
    Measured withLeastHeap(int megabytes) {
        return new Measured(
                contender,
                scene,
                messages,
                seconds,
                cpuMicros,
                threadsMicros,
                allocated,
                peakHeap,
                roundTrips,
                OptionalInt.of(megabytes));
    }

    double perSecond() {
        return messages / seconds;
    }

    /** {@return itself as a line of a table} */
    String row() {
        return String.format(
                Locale.ROOT,
                "%s\t%d\t%d\t%d\t%s\t%d\t%.3f\t%.2f\t%.0f\t%.0f\t%.0f\t%.2f\t%.1f\t%s",
                contender.id(),
                scene.delayMillis(),
                scene.threads(),
                scene.octets(),
                scene.content().id(),
                messages,
                seconds,
                perSecond(),
                cpuMicros,
                threadsMicros,
                allocated,
                roundTrips,
                peakHeap / 1048576.0,
                leastHeap.isPresent() ? Integer.toString(leastHeap.getAsInt()) : "-");
    }
}
