package org.resilientmail.cli;

import java.nio.file.Path;
import org.resilientmail.reply.SmtpPhase;

/**
 * What the command line asks for. Immutable.
 *
 * @param task what to do
 * @param operand the reply to explain, or the file to check; {@code null} for other tasks
 * @param phase the phase of the reply
 * @param rules the user's rules, {@code null} for none
 */
record Options(Task task, String operand, SmtpPhase phase, Path rules) {

    /** What can be asked for. */
    enum Task {
        EXPLAIN,
        TSV,
        LIST,
        CHECK
    }

    /** Says in one line what was wrong with the call. */
    static final class WrongUsage extends Exception {

        private static final long serialVersionUID = 1L;

        WrongUsage(String message) {
            super(message);
        }
    }

    static Options parse(String[] args) throws WrongUsage {
        if (args.length == 0 || !args[0].equals("explain")) {
            throw new WrongUsage(args.length == 0 ? "no command" : "unknown command " + args[0]);
        }
        Task task = null;
        String operand = null;
        SmtpPhase phase = null;
        Path rules = null;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--tsv" -> task = only(task, Task.TSV);
                case "--rules-list" -> task = only(task, Task.LIST);
                case "--check" -> {
                    task = only(task, Task.CHECK);
                    operand = value(args, ++i);
                }
                case "--rules" -> {
                    once(rules, args[i]);
                    rules = path(value(args, ++i));
                }
                case "--phase" -> {
                    once(phase, args[i]);
                    phase = phase(value(args, ++i));
                }
                default -> {
                    if (args[i].length() > 1 && args[i].startsWith("-")) {
                        throw new WrongUsage("unknown option " + args[i]);
                    }
                    task = only(task, Task.EXPLAIN);
                    operand = args[i];
                }
            }
        }
        if (task == null) {
            throw new WrongUsage("no reply to explain");
        }
        if (phase != null && task != Task.EXPLAIN) {
            throw new WrongUsage("--phase goes with a single reply");
        }
        if (rules != null && task == Task.CHECK) {
            throw new WrongUsage("--check takes no --rules");
        }
        return new Options(task, operand, phase == null ? SmtpPhase.UNKNOWN : phase, rules);
    }

    private static Task only(Task before, Task task) throws WrongUsage {
        if (before != null) {
            throw new WrongUsage("one reply, or one of --tsv, --rules-list, --check");
        }
        return task;
    }

    private static void once(Object before, String option) throws WrongUsage {
        if (before != null) {
            throw new WrongUsage(option + " is given twice");
        }
    }

    private static String value(String[] args, int index) throws WrongUsage {
        if (index >= args.length) {
            throw new WrongUsage(args[index - 1] + " needs a value");
        }
        return args[index];
    }

    private static Path path(String name) throws WrongUsage {
        try {
            return Path.of(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw new WrongUsage("not a file name: " + name);
        }
    }

    private static SmtpPhase phase(String name) throws WrongUsage {
        SmtpPhase phase = Phases.named(name);
        if (phase == null) {
            throw new WrongUsage("unknown phase " + name + "; one of " + Phases.ALL);
        }
        return phase;
    }
}
