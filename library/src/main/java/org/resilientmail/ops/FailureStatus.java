package org.resilientmail.ops;

import java.util.Objects;
import javax.management.ConstructorParameters;
import org.resilientmail.reply.PlainText;

/**
 * A call that failed, for people and their tools. Texts are plain lines, without credentials and message content; those
 * that are not known are empty. Immutable. A class with getters: that is what an MXBean can show on every Java.
 */
public final class FailureStatus {

    private final String time;
    private final String account;
    private final String kind;
    private final String phase;
    private final String words;
    private final int attempts;
    private final String messageId;
    private final String rule;
    private final String advice;

    /**
     * A failure.
     *
     * @param time see {@link #getTime()}
     * @param account see {@link #getAccount()}
     * @param kind see {@link #getKind()}
     * @param phase see {@link #getPhase()}
     * @param words see {@link #getWords()}
     * @param attempts see {@link #getAttempts()}
     * @param messageId see {@link #getMessageId()}
     * @param rule see {@link #getRule()}
     * @param advice see {@link #getAdvice()}
     */
    @ConstructorParameters({"time", "account", "kind", "phase", "words", "attempts", "messageId", "rule", "advice"})
    public FailureStatus(
            String time,
            String account,
            String kind,
            String phase,
            String words,
            int attempts,
            String messageId,
            String rule,
            String advice) {
        this.time = Objects.requireNonNull(time, "time");
        this.account = PlainText.of(account);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.phase = phase;
        this.words = PlainText.of(words);
        this.attempts = attempts;
        this.messageId = PlainText.of(messageId);
        this.rule = rule;
        this.advice = PlainText.of(advice);
    }

    /** {@return when, in ISO 8601 and UTC} */
    public String getTime() {
        return time;
    }

    /** {@return the account, as {@code protocol://user@host:port}} */
    public String getAccount() {
        return account;
    }

    /** {@return the name of the kind} */
    public String getKind() {
        return kind;
    }

    /** {@return the step of the conversation} */
    public String getPhase() {
        return phase;
    }

    /** {@return the relay's reply, or else what went wrong} */
    public String getWords() {
        return words;
    }

    /** {@return attempts made} */
    public int getAttempts() {
        return attempts;
    }

    /** {@return the {@code Message-ID}} */
    public String getMessageId() {
        return messageId;
    }

    /** {@return the id of the rule that classified it} */
    public String getRule() {
        return rule;
    }

    /** {@return what a person should do} */
    public String getAdvice() {
        return advice;
    }

    @Override
    public String toString() {
        return "kind=" + kind + " phase=" + phase + " attempts=" + attempts
                + (messageId.isEmpty() ? "" : " message-id=" + messageId) + " rule=" + rule + " reply=\"" + words
                + "\" advice=\"" + advice + "\"";
    }
}
