package org.resilientmail.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.LimitKind;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * A classification as lines for a person.
 *
 * @param phase the phase that was assumed
 * @param reply the reply
 * @param found what it means
 */
record Explanation(SmtpPhase phase, SmtpReply reply, Classification found) {

    private static final Map<Enum<?>, String> LOWER = lowerNames();

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("reply", reply.toString()));
        lines.add(line("phase", phase == SmtpPhase.UNKNOWN ? "not known" : phase.name()));
        lines.add(line("kind", found.kind() + " (" + found.reason() + ")"));
        lines.add(line("exception", reply.isPositive() ? "none" : ExceptionTypes.of(found.kind())));
        lines.add(line("retry", retry()));
        lines.add(line("scope", lower(found.scope())));
        lines.add(line("wait", found.waitHint().map(Explanation::words).orElse("-")));
        found.limit().ifPresent(limit -> lines.add(line("limit", lower(limit) + limitValue())));
        lines.add(line("rule", found.ruleId() + " (" + found.source() + ")"));
        lines.add(line("advice", found.advice()));
        return lines;
    }

    private static String line(String name, String value) {
        return (name + ":          ").substring(0, 11) + value;
    }

    private String retry() {
        String advice = lower(found.retry());
        if (found.retry() == RetryAdvice.NO) {
            return advice;
        }
        return switch (found.how()) {
            case SAME_SESSION -> advice + ", on the same session";
            case NEW_SESSION -> advice + ", on a new session";
            case SPLIT -> advice + ", split into several envelopes";
        };
    }

    private String limitValue() {
        return found.limitValue().isPresent() ? " = " + found.limitValue().getAsLong() : ", number not named";
    }

    private static String words(Duration wait) {
        return wait.toSeconds() + " s";
    }

    static String lower(Enum<?> constant) {
        return LOWER.get(constant);
    }

    private static Map<Enum<?>, String> lowerNames() {
        return Stream.of(RetryAdvice.values(), Scope.values(), LimitKind.values())
                .flatMap(Arrays::stream)
                .collect(Collectors.toUnmodifiableMap(
                        constant -> constant,
                        constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
}
