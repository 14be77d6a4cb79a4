package org.resilientmail.agent.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.resilientmail.cli.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code explain}: the library's own command line, with all it understands. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            Tool.NAME + " explain REPLY [--phase PHASE] [--rules FILE]",
            Tool.NAME + " explain --tsv [--rules FILE] < FILE",
            Tool.NAME + " explain --rules-list [--rules FILE]",
            Tool.NAME + " explain --check FILE"
        },
        description = "Says what an SMTP reply means: kind, exception, retry, wait, rule and advice.")
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(hidden = true)
    private List<String> words = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        Main.main(all.subList(all.indexOf(spec.name()), all.size()).toArray(String[]::new)); // ends the process
        return Tool.DONE;
    }
}
