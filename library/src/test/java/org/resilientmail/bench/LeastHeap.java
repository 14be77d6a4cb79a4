package org.resilientmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest heap with which a contestant sends the messages of a scene, in megabytes: the least {@code -Xmx}, found by
 * halving, in a JVM of its own each time. The peak of a heap with room to spare tells when garbage was collected, not
 * what was needed. Regions of one megabyte let the collector use what there is.
 */
final class LeastHeap {

    private static final int MOST = 512;
    private static final Performance.Length ONE = new Performance.Length(java.time.Duration.ZERO, 1);

    private LeastHeap() {}

    /** {@return the megabytes that are enough, where one less is not} */
    static int find(Contender contender, Scene scene, Trust trust, Plan plan, Sink sink, Path log) throws IOException {
        int tooSmall = 4;
        int enough = 64;
        while (enough < MOST && !sends(enough, contender, scene, trust, plan, sink, log)) {
            tooSmall = enough;
            enough *= 2;
        }
        while (enough - tooSmall > 1) {
            int middle = (enough + tooSmall) / 2;
            if (sends(middle, contender, scene, trust, plan, sink, log)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean sends(
            int megabytes, Contender contender, Scene scene, Trust trust, Plan plan, Sink sink, Path log)
            throws IOException {
        List<String> heap = List.of(
                "-Xms4m",
                "-Xmx" + megabytes + "m",
                "-XX:+UseG1GC",
                "-XX:G1HeapRegionSize=1m",
                "-XX:+ExitOnOutOfMemoryError");
        try (ContestantProcess contestant = new ContestantProcess(contender, trust, plan, heap, log)) {
            contestant.run(sink, sink.port(), scene, ONE);
            return true;
        } catch (ContestantProcess.Gone outOfMemory) {
            return false;
        }
    }
}
