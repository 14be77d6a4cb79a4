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
    private boolean finalDotBegun;
    private boolean challenged;

    /** Forgets what was; a new transaction begins. */
    void restart() {
        exchanges.clear();
        awaiting = SmtpPhase.MAIL;
        finalDotBegun = false;
        challenged = false;
    }

    SmtpPhase awaiting() {
        return awaiting;
    }

    /** Whether the final dot may have left: set before it is written, because a failed write proves nothing. */
    boolean finalDotBegun() {
        return finalDotBegun;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** A command is about to be written. */
    void sending(String command) {
        if (awaiting == SmtpPhase.AUTH && challenged) {
            return; // the answer to a challenge, whatever it looks like
        }
        awaiting = phaseOf(command);
        if (awaiting == SmtpPhase.END_OF_DATA) {
            finalDotBegun = true;
        }
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
     * the connection was lost after a 421, the 421 that announced it.
     */
    Optional<Exchange> decisive() {
        Exchange last = null;
        Exchange announced = null;
        for (Exchange exchange : exchanges) {
            boolean tidying = exchange.phase() == SmtpPhase.RSET || exchange.phase() == SmtpPhase.QUIT;
            if (exchange.failed() && !(tidying && last != null)) {
                last = exchange;
            }
            if (exchange.closes()) {
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
        return exchanges.stream().anyMatch(exchange -> exchange.closes() || exchange.missing() != null);
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
