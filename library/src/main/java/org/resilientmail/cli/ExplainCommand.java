package org.resilientmail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.resilientmail.reply.ReplyClassifier;
import org.resilientmail.reply.RuleFileException;
import org.resilientmail.reply.RuleSummary;
import org.resilientmail.reply.SmtpReply;

/** {@code explain}: says what replies mean, lists the rules, checks a user's rules. */
final class ExplainCommand {

    private static final int DONE = 0;
    private static final int BAD_FILE = 1;
    private static final int WRONG_USAGE = 2;

    private static final String USAGE = "usage: explain REPLY [--phase PHASE] [--rules FILE]"
            + " | explain --tsv [--rules FILE] < FILE"
            + " | explain --rules-list [--rules FILE]"
            + " | explain --check FILE";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    ExplainCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** {@return the exit status: 0, 1 for a bad file, 2 for a wrong call} */
    int run(String[] args) {
        Options options;
        try {
            options = Options.parse(args);
        } catch (Options.WrongUsage e) {
            err.println(e.getMessage() + "; " + USAGE);
            return WRONG_USAGE;
        }
        try {
            return run(options);
        } catch (RuleFileException | IOException e) {
            err.println(e.getMessage());
            return BAD_FILE;
        }
    }

    private int run(Options options) throws IOException {
        switch (options.task()) {
            case EXPLAIN -> explain(options);
            case TSV -> new TsvExplainer(classifier(options.rules())).explain(in, out);
            case LIST -> list(classifier(options.rules()));
            case CHECK -> {
                return check(Path.of(options.operand()));
            }
        }
        return DONE;
    }

    private static ReplyClassifier classifier(Path rules) {
        return rules == null ? ReplyClassifier.shipped() : ReplyClassifier.withUserRules(rules);
    }

    private void explain(Options options) {
        SmtpReply reply = SmtpReply.parse(options.operand().replace("\\n", "\n"));
        Explanation explanation = new Explanation(
                options.phase(), reply, classifier(options.rules()).classify(options.phase(), reply));
        explanation.lines().forEach(out::println);
    }

    private void list(ReplyClassifier classifier) {
        for (RuleSummary rule : classifier.rules()) {
            out.println(String.join(
                    "\t",
                    rule.id(),
                    rule.kind(),
                    rule.reason(),
                    rule.source(),
                    rule.example().replace("\n", "\\n")));
        }
    }

    private int check(Path file) {
        List<RuleFileException> problems = ReplyClassifier.checkUserRules(file);
        problems.forEach(problem -> out.println(problem.getMessage()));
        if (problems.isEmpty()) {
            out.println(file + ": no problem found");
        }
        return problems.isEmpty() ? DONE : BAD_FILE;
    }
}
