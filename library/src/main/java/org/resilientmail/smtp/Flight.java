package org.resilientmail.smtp;

import jakarta.mail.internet.InternetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.resilientmail.config.Chunking;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * How one message travels: which commands leave together, before the replies to them come (RFC 2920), and whether its
 * data goes by BDAT (RFC 3030). Angus asks for one command after the other; what has left already is only waited for. One
 * for each message, confined to the thread that holds the session.
 *
 * <p>DATA travels with the recipients only where the message may be delivered to some of them, or where there is only one:
 * of several of which all are wanted, one may be refused after the relay is ready for the data, and there is no way to take
 * the message back then but to cut the connection.
 */
final class Flight {

    /**
     * Commands behind the first. The replies to them have to find room in the buffers between us and the relay while we
     * are still writing (RFC 2920 section 3.1), and a reply may have 512 octets.
     */
    static final int MOST_COMMANDS = 50;

    /** What is larger is worth the round trip that tells whether anybody wants it. */
    static final int MOST_OCTETS_UNASKED = 1 << 18;

    private final boolean pipelined;
    private final boolean byChunks;
    private final boolean dataFollows;
    private final boolean bodyFollows;
    private final List<String> recipients;
    private final Deque<String> ahead = new ArrayDeque<>();
    private int departed;
    private boolean stumbled;

    private Flight(boolean pipelined, boolean byChunks, boolean inPart, boolean unasked, List<String> recipients) {
        this.pipelined = pipelined;
        this.byChunks = byChunks;
        this.dataFollows = pipelined && inPart && !byChunks;
        this.bodyFollows = pipelined && inPart && byChunks && unasked;
        this.recipients = recipients;
    }

    /** One command at a time: for what is no message. */
    static Flight none() {
        return new Flight(false, false, false, false, List.of());
    }

    /**
     * The flight of a message.
     *
     * @param pipelined whether commands may leave together
     * @param chunking how its data goes; the relay knows CHUNKING if it is not off
     * @param octets of the message
     * @param recipients of the envelope
     * @param notify the value of NOTIFY= (RFC 3461), or {@code null}
     * @param sendPartial whether it may be delivered to some of the recipients
     */
    static Flight of(
            boolean pipelined,
            Chunking chunking,
            long octets,
            List<InternetAddress> recipients,
            String notify,
            boolean sendPartial) {
        boolean inPart = sendPartial || recipients.size() == 1;
        boolean unasked = chunking == Chunking.ONE_FLIGHT && octets <= MOST_OCTETS_UNASKED;
        List<String> commands = new ArrayList<>(recipients.size());
        for (InternetAddress address : recipients) {
            commands.add(command(address, notify));
        }
        return new Flight(pipelined, chunking != Chunking.OFF, inPart, unasked, commands);
    }

    /** In Angus' words, to the letter. */
    private static String command(InternetAddress recipient, String notify) {
        String address = recipient.getAddress();
        boolean bare = !address.startsWith("<") && !address.endsWith(">");
        return "RCPT TO:" + (bare ? "<" + address + ">" : address) + (notify == null ? "" : " NOTIFY=" + notify);
    }

    boolean goesByChunks() {
        return byChunks;
    }

    /** Whether a command has left already; asked in the order in which they left. */
    boolean hasLeft(String command) {
        return command.equals(ahead.peek()) && ahead.poll() != null;
    }

    /** Whether there are commands whose replies nobody has waited for yet. */
    boolean isInAir() {
        return !ahead.isEmpty();
    }

    /** The next command that has left and is not waited for, or {@code null}. */
    String land() {
        return ahead.poll();
    }

    /** What leaves together with a command; from now on that has left. */
    List<String> behind(String command) {
        boolean first = command.startsWith("MAIL FROM:");
        if (!pipelined || !first && !command.startsWith("RCPT TO:")) {
            return List.of();
        }
        departed += first ? 0 : 1; // this one: the first of those that had no room in the flight before
        int end = Math.min(recipients.size(), departed + MOST_COMMANDS);
        ahead.addAll(recipients.subList(departed, end));
        departed = end;
        if (dataFollows && departed == recipients.size()) {
            ahead.add("DATA");
        }
        return List.copyOf(ahead);
    }

    /** Whether the message itself is to leave together with its recipients. */
    boolean wantsBodyAlong() {
        return bodyFollows;
    }

    /** Whether the message itself leaves now, with all that is in the air; asked once. */
    boolean takesBodyAlong() {
        boolean now = bodyFollows && departed == recipients.size() && !ahead.isEmpty();
        if (now) {
            ahead.add(".");
        }
        return now;
    }

    /** Whether the message itself has left, unasked. */
    boolean hasBodyOnBoard() {
        return ".".equals(ahead.peekLast());
    }

    /** The message itself has left, and is waited for. */
    void bodyHasLeft() {
        ahead.add(".");
    }

    /** Whether this is a reply, or -1 for none, that a relay which knows pipelining gives to the step. */
    boolean fits(SmtpPhase phase, int code) {
        return switch (phase) {
            case MAIL, RCPT -> code >= 200 && code < 300 || code >= 400;
            case DATA -> code >= 300;
            case RSET -> code > 0;
            case END_OF_DATA -> code > 0 || !bodyFollows;
            default -> true;
        };
    }

    /**
     * Whether a reply to the whole message was meant for an address (RFC 3463 section 3.2): by DATA a reply too many shows
     * before the message leaves, by BDAT only so.
     */
    boolean isAboutAnAddress(SmtpReply verdict) {
        return pipelined
                && byChunks
                && verdict.isPositive()
                && verdict.enhanced().isPresent()
                && verdict.enhanced().get().subject() == 1;
    }

    /** The replies did not come as they do where pipelining works, if it was that. */
    void stumble() {
        stumbled |= pipelined && departed > 0;
    }

    boolean hasStumbled() {
        return stumbled;
    }
}
