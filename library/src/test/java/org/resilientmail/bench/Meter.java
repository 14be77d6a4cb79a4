package org.resilientmail.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;

/** What this JVM has spent since the meter was started. Of its threads, those that ended meanwhile are not seen. */
final class Meter {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long allocated;
    private final long cpuNanos;
    private final long threadsNanos;

    private Meter() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        allocated = totalAllocated();
        threadsNanos = totalCpu();
        cpuNanos = PROCESS.getProcessCpuTime();
    }

    /** Starts one, with a heap from which the garbage of before is gone. */
    static Meter start() {
        System.gc();
        return new Meter();
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static long totalAllocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(octets -> octets > 0)
                .sum();
    }

    private static long totalCpu() {
        return Arrays.stream(THREADS.getThreadCpuTime(THREADS.getAllThreadIds()))
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** Of Java's threads alone: without compiling, and without collecting garbage. */
    long threadsNanos() {
        return totalCpu() - threadsNanos;
    }

    long allocated() {
        return totalAllocated() - allocated;
    }

    long cpuNanos() {
        return PROCESS.getProcessCpuTime() - cpuNanos;
    }

    long peakHeap() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }
}
