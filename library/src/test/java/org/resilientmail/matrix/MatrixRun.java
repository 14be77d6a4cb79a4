package org.resilientmail.matrix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Many cells at once, in an order the seed draws: they mostly wait for time-outs. {@code -Dmatrix.seed} repeats the
 * order and all that was drawn, {@code -Dmatrix.cell} picks cells out. Its methods are for one thread.
 */
final class MatrixRun implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MatrixRun.class.getName());
    private static final int WORKERS = 32;
    private static final int TOLD_IN_FULL = 5;

    private final long seed;
    private final Cell.Product product;
    private final Map<Position, List<Future<CellRun.Result>>> results = new EnumMap<>(Position.class);
    private final Watchdog watchdog = new Watchdog();
    private final ExecutorService workers;
    private final long begunAt = System.nanoTime();
    private int run;

    private MatrixRun(long seed, Optional<String> pattern, Supplier<Courier> couriers) {
        this.seed = seed;
        this.product = Cell.product();
        List<Cell> cells = product.sensible().stream()
                .filter(cell -> pattern.map(cell::isMeantBy).orElse(true))
                .collect(Collectors.toCollection(ArrayList::new));
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("matrix.cell=" + pattern.orElse("") + " names no cell that makes sense");
        }
        Collections.shuffle(cells, new Random(seed));
        AtomicInteger numbers = new AtomicInteger();
        workers = Executors.newFixedThreadPool(
                Math.min(WORKERS, cells.size()), task -> new Thread(task, "matrix-" + numbers.incrementAndGet()));
        for (Cell cell : cells) {
            CellRun one = new CellRun(seed, cell, couriers, watchdog);
            results.computeIfAbsent(cell.position(), key -> new ArrayList<>()).add(workers.submit(one::run));
        }
    }

    /** Begins with the cells and the seed that the system properties name, or with all and a seed of its own. */
    static MatrixRun asAsked(Supplier<Courier> couriers) {
        Long seed = Long.getLong("matrix.seed");
        return of(
                seed == null ? RandomGenerator.getDefault().nextInt() : seed,
                Optional.ofNullable(System.getProperty("matrix.cell")),
                couriers);
    }

    /** Begins with these. */
    static MatrixRun of(long seed, Optional<String> pattern, Supplier<Courier> couriers) {
        return new MatrixRun(seed, pattern, couriers);
    }

    /** The positions that have cells, each with the number of these. */
    Map<Position, Integer> positions() {
        Map<Position, Integer> counts = new EnumMap<>(Position.class);
        results.forEach((position, cells) -> counts.put(position, cells.size()));
        return counts;
    }

    /**
     * Waits for the cells of a position.
     *
     * @throws AssertionError with all that is wrong, and how to repeat it
     */
    void await(Position position) throws InterruptedException, ExecutionException {
        List<CellRun.Result> bad = new ArrayList<>();
        for (Future<CellRun.Result> future : results.get(position)) {
            CellRun.Result result = future.get();
            run++;
            if (!result.isGood()) {
                bad.add(result);
            }
        }
        if (!bad.isEmpty()) {
            throw new AssertionError(report(bad));
        }
    }

    private String report(List<CellRun.Result> bad) {
        StringBuilder text = new StringBuilder()
                .append(bad.size())
                .append(" cells failed with seed ")
                .append(seed);
        for (CellRun.Result result : bad) {
            text.append("\n\n")
                    .append(result.cell())
                    .append(" (")
                    .append(result.variant())
                    .append(")\n");
            result.problems()
                    .forEach(problem -> text.append("  ").append(problem).append('\n'));
            text.append(commandToRepeat(result.cell()));
            if (bad.indexOf(result) < TOLD_IN_FULL) {
                text.append('\n').append(result.transcript());
            }
        }
        return text.toString();
    }

    private String commandToRepeat(Cell cell) {
        return "  to repeat: mvn -pl library test -Dtest=FaultMatrixTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dmatrix.seed=" + seed + " -Dmatrix.cell=" + cell.id();
    }

    /** Writes how many cells were run, and how many were not and why. */
    void logTotals() {
        LOG.log(
                System.Logger.Level.INFO,
                "fault matrix: {0} cells run in {1} s with seed {2}; of the full product of {3}, left out: {4}",
                Integer.toString(run),
                (System.nanoTime() - begunAt) / 1_000_000_000,
                Long.toString(seed),
                Integer.toString(product.size()),
                product.leftOut());
    }

    @Override
    public void close() {
        workers.shutdownNow();
        watchdog.close();
    }
}
