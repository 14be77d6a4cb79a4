package org.resilientmail.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import legacyapp.CountedApp;
import org.resilientmail.testkit.ScriptedSmtpServer;

/**
 * Measures what the agent costs an application, against the same application without it, run by run in turns. Run by
 * {@code mvn -B -ntp -Pagent-cost verify -DskipTests}; {@code -Dcost.jdk=HOME} adds another JDK. Writes {@code COST.md}
 * and {@code target/cost.tsv}; fails when a limit is exceeded.
 */
public final class CostMain {

    private static final MailVersion[] MAIL = {MailVersion.ANGUS_2_0_5, MailVersion.JAVAMAIL_1_6_2};

    private CostMain() {}

    /**
     * Measures, writes, judges.
     *
     * @param arguments the file for the table, the file for every run, how many runs of each kind, then the JDKs
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = Integer.parseInt(arguments[2]);
        List<CostTable.Line> lines = new ArrayList<>();
        StringBuilder all = new StringBuilder("jdk\tmail\tmessages\tway\tcpu_ms\n");
        for (int i = 3; i < arguments.length; i++) {
            if (!arguments[i].isEmpty()) {
                CostRun.Jdk jdk = CostRun.Jdk.at(Path.of(arguments[i]));
                for (MailVersion mail : MAIL) {
                    lines.add(measured(jdk, mail, runs, all));
                }
            }
        }
        Files.writeString(Path.of(arguments[1]), all);
        CostTable table = new CostTable(lines, Files.size(AppJvm.AGENT), runs);
        Files.writeString(Path.of(arguments[0]), table.text());
        System.out.println(table.text());
        if (!table.missed().isEmpty()) {
            System.err.println("over the limit: " + table.missed());
            System.exit(1);
        }
    }

    /** One JDK and one mail version: each kind of run in every round, so that what slows the machine slows all. */
    private static CostTable.Line measured(CostRun.Jdk jdk, MailVersion mail, int runs, StringBuilder all)
            throws IOException, InterruptedException {
        Map<CostRun.Kind, List<Integer>> times = new TreeMap<>();
        for (int round = 0; round <= runs; round++) {
            for (CostRun.Kind kind : CostRun.Kind.of(mail)) {
                try (ScriptedSmtpServer server = Trouble.NONE.server(false)) {
                    int cpu = kind.cpuMillis(jdk, mail, CountedApp.class, server.port());
                    if (server.account().accepted().size() != kind.messages()) {
                        throw new AssertionError(
                                kind + ": " + server.account().accepted().size() + " messages arrived");
                    }
                    if (round > 0) { // the first one warms the file cache
                        times.computeIfAbsent(kind, any -> new ArrayList<>()).add(cpu);
                        all.append(String.format(
                                Locale.ROOT,
                                "%s\t%s\t%d\t%s\t%d\n",
                                jdk.name(),
                                mail.title(),
                                kind.messages(),
                                kind.way(),
                                cpu));
                    }
                }
            }
        }
        return new CostTable.Line(jdk.name(), mail.title(), times);
    }
}
