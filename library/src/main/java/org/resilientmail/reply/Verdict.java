package org.resilientmail.reply;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the rule that matched into what follows for the reply at hand. */
final class Verdict {

    /** A wait beyond this does not fit into one call, whatever the rule says. */
    private static final Duration LONGEST_WAIT_WITHIN_CALL = Duration.ofMinutes(10);

    private Verdict() {}

    static Classification of(RuleSet.Match match, SmtpPhase phase, SmtpReply reply, FoldedText text) {
        Rule rule = match.rule();
        Meaning meaning = rule.meaning();
        Overrides overrides = rule.overrides();
        TextNumbers numbers = new TextNumbers(text);
        LimitKind limit = overrides.limit() == null ? meaning.limit() : overrides.limit();
        RetryAdvice retry = retry(match, reply);
        Optional<Duration> wait = Optional.empty();
        if (retry != RetryAdvice.NO) {
            wait = (overrides.pause() == null ? meaning.pause() : overrides.pause()).of(numbers);
            retry = withinCall(retry, wait, rule);
        }
        return new Classification(
                meaning.kind(),
                scope(rule, phase),
                retry,
                how(rule, phase, reply),
                wait,
                Optional.ofNullable(limit),
                limit == null ? OptionalLong.empty() : numbers.namedLimit(limit),
                overrides.reasonOr(meaning.reason()),
                rule.id(),
                rule.source(),
                Objects.requireNonNullElse(overrides.advice(), meaning.advice()));
    }

    private static RetryAdvice retry(RuleSet.Match match, SmtpReply reply) {
        RetryAdvice overridden = match.rule().overrides().retry();
        if (overridden != null) {
            return overridden;
        }
        Meaning meaning = match.rule().meaning();
        Meaning.Retry meant = reply.effectiveClass() == 4 ? meaning.onTransient() : meaning.onPermanent();
        return meant.open() && match.hint() != null ? match.hint().overrides().retry() : meant.advice();
    }

    /** A greylisting's wait may be long, and is still what the relay wants done with this very message. */
    private static RetryAdvice withinCall(RetryAdvice retry, Optional<Duration> wait, Rule rule) {
        boolean tooLong = wait.isPresent() && wait.get().compareTo(LONGEST_WAIT_WITHIN_CALL) >= 0;
        boolean free = rule.meaning().kind() != FailureKind.DEFERRED
                && rule.overrides().retry() == null;
        return retry == RetryAdvice.YES && tooLong && free ? RetryAdvice.LATER : retry;
    }

    private static Scope scope(Rule rule, SmtpPhase phase) {
        Scope named = rule.overrides().scope() == null
                ? rule.meaning().scope()
                : rule.overrides().scope();
        if (named != null) {
            return named;
        }
        return switch (phase) {
            case CONNECT, EHLO, STARTTLS -> Scope.SERVER;
            case AUTH -> Scope.ACCOUNT;
            case RCPT -> Scope.RECIPIENT;
            case RSET, NOOP, QUIT -> Scope.SESSION;
            case MAIL, DATA, BODY, END_OF_DATA, UNKNOWN -> Scope.MESSAGE;
        };
    }

    /** Before MAIL a session is of no use once it was refused; 421 announces its end (RFC 5321 section 3.8). */
    private static RetryHow how(Rule rule, SmtpPhase phase, SmtpReply reply) {
        RetryHow named = rule.overrides().how() == null
                ? rule.meaning().how()
                : rule.overrides().how();
        boolean lost = switch (phase) {
            case CONNECT, EHLO, STARTTLS, AUTH, RSET, NOOP, QUIT -> true;
            case MAIL, RCPT, DATA, BODY, END_OF_DATA, UNKNOWN -> reply.code() == 421;
        };
        return lost && named == RetryHow.SAME_SESSION ? RetryHow.NEW_SESSION : named;
    }
}
