package org.resilientmail.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Says under which conditions something happens at a step, and then, as the last call, what. All conditions given have
 * to hold. Without a word about it a rule serves once and is gone. Not for use by several threads.
 */
public final class RuleBuilder {

    private final Script script;
    private final Step step;
    private Predicate<Encounter> condition = encounter -> true;
    private int times = 1;

    RuleBuilder(Script script, Step step) {
        this.script = script;
        this.step = Objects.requireNonNull(step, "step");
    }

    /** Only in the session with this number, counted from 1 over the life of the server. */
    public RuleBuilder session(int number) {
        return matching(encounter -> encounter.session() == number);
    }

    /** Only at the message with this number within its session, counted from 1; refused MAIL commands do not count. */
    public RuleBuilder message(int number) {
        return matching(encounter -> encounter.message() == number);
    }

    /** Only when the step is reached for the nth time over all sessions, counted from 1. */
    public RuleBuilder occurrence(int number) {
        return matching(encounter -> encounter.occurrence() == number);
    }

    /** Only for this envelope sender, letter case ignored. */
    public RuleBuilder from(String sender) {
        return matching(encounter -> encounter.sender().equalsIgnoreCase(sender));
    }

    /** Only for this recipient, letter case ignored: at RCPT the one named, later any one of those accepted. */
    public RuleBuilder to(String recipient) {
        return to(address -> address.equalsIgnoreCase(recipient));
    }

    /** Only for such a recipient: at RCPT the one named, later any one of those accepted. */
    public RuleBuilder to(Predicate<String> recipient) {
        return matching(encounter -> encounter.recipients().stream().anyMatch(recipient));
    }

    /** Only for sessions in which this user has logged in. */
    public RuleBuilder user(String name) {
        return matching(encounter -> encounter.user().equals(name));
    }

    /** At {@link Step#BODY}: not before this many octets of the message have come. */
    public RuleBuilder afterBytes(long octets) {
        return matching(encounter -> encounter.bodyBytes() >= octets);
    }

    /** Only where this holds as well. The predicate is called under the server's lock and must not block. */
    public RuleBuilder matching(Predicate<Encounter> also) {
        condition = condition.and(Objects.requireNonNull(also, "also"));
        return this;
    }

    /** The first {@code n} times, then never again. */
    public RuleBuilder times(int n) {
        times = n;
        return this;
    }

    /** Every time. */
    public RuleBuilder always() {
        return times(Integer.MAX_VALUE);
    }

    /** {@link Fault#REPLY}. Several lines are separated by a line feed and bring their own codes and hyphens. */
    public Rule reply(String text) {
        return fault(Fault.REPLY, text);
    }

    /** {@link Fault#REPLY_THEN_CLOSE}. */
    public Rule replyThenClose(String text) {
        return fault(Fault.REPLY_THEN_CLOSE, text);
    }

    /** {@link Fault#CLOSE}. */
    public Rule close() {
        return fault(Fault.CLOSE);
    }

    /** {@link Fault#RESET}. */
    public Rule reset() {
        return fault(Fault.RESET);
    }

    /** {@link Fault#SILENCE}. */
    public Rule silence() {
        return fault(Fault.SILENCE);
    }

    /** {@link Fault#SLOW_DRIP}: the ordinary reply, with this pause after each byte. */
    public Rule slowDrip(Duration pause) {
        return add(Fault.SLOW_DRIP, null, pause);
    }

    /** The fault with its ordinary or built-in text. */
    public Rule fault(Fault fault) {
        return add(fault, null, Duration.ofMillis(1));
    }

    /** The fault with a text of its own; see {@link Fault} for what the text is used for. */
    public Rule fault(Fault fault, String text) {
        return add(fault, Objects.requireNonNull(text, "text"), Duration.ofMillis(1));
    }

    /** The fault with its ordinary or built-in text, and with this pause after each byte where it writes slowly. */
    public Rule fault(Fault fault, Duration pause) {
        return add(fault, null, pause);
    }

    /** The fault with a text of its own, and with this pause after each byte where it writes slowly. */
    public Rule fault(Fault fault, String text, Duration pause) {
        return add(fault, Objects.requireNonNull(text, "text"), pause);
    }

    private Rule add(Fault fault, String text, Duration pause) {
        Rule rule = new Rule(script.monitor(), step, condition, times, fault, text, pause);
        script.add(rule);
        return rule;
    }
}
