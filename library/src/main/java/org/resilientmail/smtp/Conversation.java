package org.resilientmail.smtp;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * The ledger of one conversation, or one transaction of it: every command's phase and every reply, as they really
 * happened. Angus' exceptions do not tell a reset at MAIL from one after the final dot; this does. Confined to the
 * thread that holds the session.
 */
final class Conversation {

    private final List<Exchange> exchanges = new ArrayList<>();
    private SmtpPhase awaiting = SmtpPhase.CONNECT;
    /** Guarded by this: the one thing another thread asks. */
    private boolean finalDotBegun;
    /** Guarded by this. Why it was broken off from outside. */
    private NoReply brokenOff;

    private boolean challenged;
    private boolean contradicted;

    /** Forgets what was; a new transaction begins. */
    void restart() {
        exchanges.clear();
        awaiting = SmtpPhase.MAIL;
        synchronized (this) {
            finalDotBegun = false;
            brokenOff = null; // that was the conversation before
        }
        challenged = false;
        contradicted = false;
    }

    SmtpPhase awaiting() {
        return awaiting;
    }

    /** Whether the final dot may have left: set before it is written, because a failed write proves nothing. */
    synchronized boolean finalDotBegun() {
        return finalDotBegun;
    }

    /**
     * The time for it all is over, or it is not wanted any more; from any thread.
     *
     * @param why {@link NoReply#TIMEOUT} or {@link NoReply#INTERRUPTED}
     * @return whether to cut the connection: not once the final dot may have left, when only the reply can tell what
     *     became of the message and gets all the time it needs
     */
    synchronized boolean breakOff(NoReply why) {
        if (!finalDotBegun && brokenOff == null) {
            brokenOff = why;
        }
        return !finalDotBegun;
    }

    /** The verdict on the message did not come in all the time it gets; from any thread. */
    synchronized void overdue() {
        brokenOff = NoReply.TIMEOUT;
    }

    /** Why it was broken off, if it was. */
    synchronized Optional<NoReply> brokenOff() {
        return Optional.ofNullable(brokenOff);
    }

    /** Takes the step after which there may be a doubt; {@code false} when it was broken off before. */
    synchronized boolean beginFinalDot() {
        finalDotBegun = brokenOff == null;
        return finalDotBegun;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** A command is about to be written; {@code false} when it must not be any more. */
    boolean sending(String command) {
        if (awaiting == SmtpPhase.AUTH && challenged) {
            return true; // the answer to a challenge, whatever it looks like
        }
        SmtpPhase next = command.startsWith("BDAT ") ? phaseOfChunk(command) : phaseOf(command);
        if (next == SmtpPhase.END_OF_DATA && !beginFinalDot()) {
            return false;
        }
        awaiting = next;
        return true;
    }

    /** Whether the message is complete with this command. */
    static boolean isLast(String command) {
        return command.equals(".") || command.startsWith("BDAT ") && command.endsWith(" LAST");
    }

    /** The data is due, and nothing was asked. */
    void atBody() {
        awaiting = SmtpPhase.BODY;
    }

    /**
     * The relay answered to one step of a transaction that it had refused as if it had not: what it said of the message
     * cannot be relied upon.
     */
    void contradict() {
        contradicted = true;
    }

    boolean isContradicted() {
        return contradicted;
    }

    /**
     * Whether the relay wants nothing of the message, whatever has left since: it refused the sender, or every recipient.
     */
    boolean isRefusedBeforeData() {
        boolean sender = false;
        boolean anyone = false;
        boolean someone = false;
        for (Exchange exchange : exchanges) {
            sender |= exchange.phase() == SmtpPhase.MAIL && exchange.isFinalRefusal();
            anyone |= exchange.phase() == SmtpPhase.RCPT;
            someone |= exchange.phase() == SmtpPhase.RCPT && !exchange.isFinalRefusal();
        }
        return !contradicted && (sender || anyone && !someone);
    }

    /** Whether the relay took a recipient. */
    boolean hasRecipient() {
        for (Exchange exchange : exchanges) {
            if (exchange.phase() == SmtpPhase.RCPT && !exchange.isFinalRefusal()) {
                return true;
            }
        }
        return false;
    }

    /** The last chunk is what the final dot is (RFC 3030 section 2). */
    private static SmtpPhase phaseOfChunk(String command) {
        return isLast(command) ? SmtpPhase.END_OF_DATA : SmtpPhase.BODY;
    }

    private static SmtpPhase phaseOf(String command) {
        int space = command.indexOf(' ');
        return switch (space < 0 ? command : command.substring(0, space)) {
            case "EHLO", "HELO" -> SmtpPhase.EHLO;
            case "STARTTLS" -> SmtpPhase.STARTTLS;
            case "AUTH" -> SmtpPhase.AUTH;
            case "MAIL" -> SmtpPhase.MAIL;
            case "RCPT" -> SmtpPhase.RCPT;
            case "DATA" -> SmtpPhase.DATA;
            case "." -> SmtpPhase.END_OF_DATA;
            case "RSET" -> SmtpPhase.RSET;
            case "NOOP" -> SmtpPhase.NOOP;
            case "QUIT" -> SmtpPhase.QUIT;
            default -> SmtpPhase.UNKNOWN;
        };
    }

    /** A reply was read, for the phase that waited for it. */
    void replied(SmtpPhase phase, SmtpReply reply) {
        exchanges.add(new Exchange(phase, reply, null));
        challenged = phase == SmtpPhase.AUTH && reply.code() == 334;
        if (phase == SmtpPhase.DATA && reply.code() == 354) {
            awaiting = SmtpPhase.BODY;
        }
    }

    /** No reply came, or none can come. */
    void missed(SmtpPhase phase, NoReply why) {
        exchanges.add(new Exchange(phase, null, why));
    }

    /**
     * The exchange that decided a failure: the last one that failed, but not one that only tidied up after it; and where
     * the connection was lost after a 421, or after EHLO was refused, the reply that announced it.
     */
    Optional<Exchange> decisive() {
        Exchange last = null;
        Exchange announced = null;
        for (Exchange exchange : exchanges) {
            boolean tidying = exchange.phase() == SmtpPhase.RSET || exchange.phase() == SmtpPhase.QUIT;
            if (exchange.failed() && !(tidying && last != null)) {
                last = exchange;
            }
            if (exchange.closes() || exchange.turnsAway()) {
                announced = exchange;
            }
        }
        if (last != null && last.reply() == null && announced != null) {
            return Optional.of(announced);
        }
        return Optional.ofNullable(last);
    }

    /** Whether the relay said it closes, or the connection failed: nothing more can be said on it. */
    boolean isOver() {
        for (Exchange exchange : exchanges) {
            if (exchange.closes() || exchange.missing() != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether the relay's last word was a challenge of AUTH, so that the next move is the client's. */
    boolean isChallenged() {
        return challenged;
    }

    /** Whether the relay's last word was a refusal for good. */
    boolean isRefusedForGood() {
        SmtpReply last =
                exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1).reply();
        return last != null && last.code() >= 500 && last.code() < 600;
    }

    /** What kind of silence an exception stands for. */
    static NoReply silence(Throwable thrown, boolean writing) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SocketTimeoutException) {
                return NoReply.TIMEOUT;
            }
        }
        return writing ? NoReply.WRITE_FAILED : NoReply.RESET;
    }
}
