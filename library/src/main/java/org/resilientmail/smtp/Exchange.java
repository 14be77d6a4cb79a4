package org.resilientmail.smtp;

import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * One step of a conversation: what was asked and what came of it. Exactly one of {@code reply} and {@code missing} is
 * set.
 */
record Exchange(SmtpPhase phase, SmtpReply reply, NoReply missing) {

    boolean isRefusal() {
        return reply != null && !reply.isPositive();
    }

    boolean failed() {
        return reply == null || !reply.isPositive();
    }

    /** Whether the relay refused, in a reply that can mean nothing else (RFC 5321 section 4.2.1). */
    boolean isFinalRefusal() {
        return reply != null && reply.code() >= 400 && reply.code() < 600;
    }

    /**
     * The relay turned the client down at EHLO, rather than not knowing the command: that Angus goes on with HELO then
     * can change nothing.
     */
    boolean turnsAway() {
        return phase == SmtpPhase.EHLO && isRefusal() && (reply.code() < 500 || reply.code() > 504);
    }

    boolean closes() {
        return reply != null && reply.code() == 421;
    }
}
