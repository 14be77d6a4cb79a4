package org.resilientmail.soak;

import java.io.PrintStream;
import java.util.List;
import org.resilientmail.soak.SoakOptions.Format;
import org.resilientmail.soak.SoakOptions.WrongUsage;

/**
 * A soak for as long as one likes, one result per round, on the class path of the tests:
 *
 * <pre>{@code
 * mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp -pl library
 * java -cp library/target/test-classes:library/target/classes:$(cat library/target/cp) \
 *     org.resilientmail.soak.SoakMain --duration 1h --format tsv
 * }</pre>
 *
 * What was broken is written to the error stream, with the seed of its round.
 */
public final class SoakMain {

    private static final int MOST_SHOWN = 50;

    private SoakMain() {}

    /** Runs it; see {@link SoakOptions#USAGE}. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** {@return the exit status} */
    static int run(PrintStream out, PrintStream err, String... args) {
        SoakOptions options;
        try {
            options = SoakOptions.parse(args);
        } catch (WrongUsage wrong) {
            err.println("soak: " + wrong.getMessage());
            err.println(SoakOptions.USAGE);
            return 2;
        }
        if (options.format() == Format.TSV) {
            out.println(SoakReport.header());
        }
        boolean good = true;
        long begin = System.nanoTime();
        int round = 0;
        do {
            SoakResult result = SoakRun.of(options.round(round++));
            out.println(options.format() == Format.TSV ? SoakReport.row(result) : result.summary());
            good &= result.isGood();
            report(err, result);
        } while (System.nanoTime() - begin < options.duration().toNanos());
        return good ? 0 : 1;
    }

    private static void report(PrintStream err, SoakResult result) {
        List<String> broken = result.broken();
        broken.stream()
                .limit(MOST_SHOWN)
                .forEach(line -> err.println("seed " + result.options().seed() + ": "
                        + line.lines().findFirst().orElse("")));
        if (broken.size() > MOST_SHOWN) {
            err.println("seed " + result.options().seed() + ": and " + (broken.size() - MOST_SHOWN) + " more");
        }
    }
}
