package org.resilientmail.reply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Finds what a reply means, by the first of many ordered rules that matches. Immutable and safe for use by several
 * threads; classifying does no I/O, does not fail, and takes time linear in the reply, of which at most 4096 characters
 * count.
 */
public final class ReplyClassifier {

    private static final String RULES = "rules.txt";
    private static final String MEANINGS = "meanings.txt";

    private static final ReplyClassifier SHIPPED = new ReplyClassifier(null);

    /** {@code null}: the shipped ones alone, which nobody needs before a reply refuses something. */
    private final RuleSet own;

    private ReplyClassifier(RuleSet own) {
        this.own = own;
    }

    /** Loads the shipped rules when a reply is first classified by them: in a young JVM that takes half a second. */
    private static final class Shipped {

        static final RuleSet RULES = load("", List.of(), problem -> {
                    throw problem;
                })
                .own;

        private Shipped() {}
    }

    private RuleSet ruleSet() {
        return own == null ? Shipped.RULES : own;
    }

    /** {@return the classifier with the shipped rules; they are read when it is first used} */
    public static ReplyClassifier shipped() {
        return SHIPPED;
    }

    /**
     * Puts a user's rules before the shipped ones.
     *
     * @param file UTF-8, a rule per line as in the shipped file
     * @return a classifier with both
     * @throws RuleFileException if the file cannot be read, or has a bad line
     */
    public static ReplyClassifier withUserRules(Path file) {
        return withUserRules(file.toString(), read(file));
    }

    /**
     * Puts a user's rules before the shipped ones.
     *
     * @param name how errors call the source
     * @param rules a rule per line; read to the end, not closed
     * @return a classifier with both
     * @throws RuleFileException if it cannot be read, or has a bad line
     */
    public static ReplyClassifier withUserRules(String name, Reader rules) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rules, "rules");
        try {
            return withUserRules(name, new BufferedReader(rules).lines().toList());
        } catch (UncheckedIOException e) {
            throw new RuleFileException(name, 0, "cannot be read: " + e.getCause());
        }
    }

    /**
     * Puts a user's rules before the shipped ones.
     *
     * @param name how errors call the source
     * @param lines a rule per line: {@code id | phases | codes | enhanced | literals | kind | overrides | source |
     *     example}; blank lines and those that begin with {@code #} do not count
     * @return a classifier with both
     * @throws RuleFileException at the first line that cannot be read, or whose example the rule does not match
     */
    public static ReplyClassifier withUserRules(String name, List<String> lines) {
        return load(Objects.requireNonNull(name, "name"), List.copyOf(lines), problem -> {
            throw problem;
        });
    }

    /**
     * Finds all that is wrong with a user's rules, instead of the first thing only.
     *
     * @param file UTF-8, a rule per line
     * @return one entry per bad line in the order of the file; empty if it can be used
     */
    public static List<RuleFileException> checkUserRules(Path file) {
        List<RuleFileException> problems = new ArrayList<>();
        try {
            load(file.toString(), read(file), problems::add);
        } catch (RuleFileException unreadable) {
            problems.add(unreadable);
        }
        problems.sort(Comparator.comparingInt(RuleFileException::line));
        return List.copyOf(problems);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RuleFileException(file.toString(), 0, "cannot be read as UTF-8 text: " + e);
        }
    }

    private static ReplyClassifier load(String name, List<String> userLines, Consumer<RuleFileException> problems) {
        RuleParser parser = new RuleParser(Meanings.parse(MEANINGS, resource(MEANINGS)));
        List<Rule> user = parser.parse(name, userLines, problems);
        List<Rule> ordered = new ArrayList<>(user);
        ordered.addAll(parser.parse(RULES, resource(RULES), defect -> {
            throw defect;
        }));
        ReplyClassifier classifier = new ReplyClassifier(new RuleSet(ordered, parser.literals()));
        user.forEach(rule -> classifier.checkExample(name, rule, problems));
        return classifier;
    }

    /** A user's example that another rule decides shows a rule that does not do what its author thinks. */
    private void checkExample(String name, Rule rule, Consumer<RuleFileException> problems) {
        if (rule.example().isEmpty() || rule.isHint()) {
            return;
        }
        SmtpReply example = SmtpReply.parse(rule.example());
        Rule found = ruleSet()
                .find(rule.phases().representative(), example, FoldedText.of(example.text()))
                .rule();
        if (found != rule) {
            problems.accept(new RuleFileException(
                    name,
                    rule.line(),
                    "the example of rule \"" + rule.id() + "\" is decided by "
                            + (found == null ? "no rule" : "rule \"" + found.id() + "\"")
                            + "; allowed: an example the rule itself decides, or -"));
        }
    }

    private static List<String> resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReplyClassifier.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Classifies a reply that refused something.
     *
     * @param phase the step it answers; {@link SmtpPhase#UNKNOWN} where that is not known
     * @param reply the reply
     * @return what it means; never {@code null}
     */
    public Classification classify(SmtpPhase phase, SmtpReply reply) {
        Objects.requireNonNull(phase, "phase");
        FoldedText text = FoldedText.of(reply.text());
        return Verdict.of(ruleSet().find(phase, reply, text), phase, reply, text);
    }

    /** {@return all rules in the order in which they are tried, hints first} */
    public List<RuleSummary> rules() {
        return ruleSet().rules().stream().map(Rule::summary).toList();
    }
}
