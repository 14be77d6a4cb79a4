package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Angus' transport, keeping a ledger of the conversation. One object, one connection: an Angus transport that failed
 * keeps stale state and must not connect again. Every method is called by the one thread that holds the session.
 */
final class RecordingTransport extends SMTPTransport {

    private final Conversation conversation = new Conversation();
    private final SocketTap tap;
    private final boolean longWaitForDot;
    private Map<String, String> extensions = Map.of();
    private boolean saysGoodbye;
    private BooleanSupplier sendsChunks = () -> false;
    private boolean open;
    /** What had been received when the last command was about to be sent; -1 when unknown. */
    private long receivedBefore = -1;

    RecordingTransport(Session session, String protocol, SocketTap tap, boolean longWaitForDot) {
        super(session, new URLName(protocol, null, -1, null, null, null), protocol, protocol.equals("smtps"));
        this.tap = tap;
        this.longWaitForDot = longWaitForDot;
    }

    Conversation conversation() {
        return conversation;
    }

    Map<String, String> extensions() {
        return extensions;
    }

    /** Opens the connection as {@code Service.connect} would, without its look-up of host, user and password. */
    synchronized boolean open(String host, int port, String user, String password) throws MessagingException {
        boolean connected = protocolConnect(host, port, user, password);
        setConnected(connected);
        return connected;
    }

    @Override
    protected synchronized void setConnected(boolean connected) {
        super.setConnected(connected);
        open = connected;
    }

    /** Whether Angus has left the connection open; asks nobody. */
    synchronized boolean isOpen() {
        return open;
    }

    /** When the next message may go by BDAT, where the application asked for chunks and the relay takes them. */
    synchronized void sendsChunksIf(BooleanSupplier fit) {
        sendsChunks = fit;
    }

    @Override
    public boolean supportsExtension(String extension) {
        boolean announced = super.supportsExtension(extension);
        return announced && (!extension.equals("CHUNKING") || sendsChunks.getAsBoolean());
    }

    /** Says goodbye and closes. */
    synchronized void quit() {
        saysGoodbye = true;
        Deadline patience = Deadline.in(Duration.ofMillis(TimeOuts.QUIT_MILLIS), this::cut);
        try {
            if (tap != null) {
                tap.readTimeout(TimeOuts.QUIT_MILLIS);
            }
            close();
        } catch (MessagingException e) {
            // Nothing depends on the goodbye.
        } finally {
            patience.close();
            cut();
        }
    }

    /** Closes without a word. */
    synchronized void abort() {
        cut();
        try {
            close();
        } catch (MessagingException e) {
            // There was nobody to say goodbye to.
        }
    }

    private void cut() {
        if (tap != null) {
            tap.cut();
        }
    }

    /** One command of the application's own, between messages. */
    synchronized int command(String command) throws MessagingException {
        conversation.restart();
        return simpleCommand(command);
    }

    synchronized boolean answersNoop() {
        conversation.restart();
        return isConnected();
    }

    @Override
    public synchronized void close() throws MessagingException {
        // Angus closes by itself when it read garbage, in the middle of reading: with QUIT, and waiting for a reply.
        if (!saysGoodbye) {
            cut();
        }
        super.close();
    }

    @Override
    public synchronized void issueCommand(String command, int expect) throws MessagingException {
        if (command.equals("RSET") && conversation.isOver()) {
            // After a 421 or a lost connection it is of no use, and its failure would hide what the relay said.
            return;
        }
        super.issueCommand(command, expect);
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (!conversation.sending(command)) {
            throw new MessagingException(
                    "The time for this send was over before the message was complete",
                    new SocketTimeoutException("retry.deadline"));
        }
        receivedBefore = received();
        try {
            super.sendCommand(command);
        } catch (MessagingException e) {
            if (e.getNextException() instanceof IOException) {
                conversation.missed(conversation.awaiting(), silence(e, true));
            }
            throw e;
        }
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        SmtpPhase phase = conversation.awaiting();
        int code;
        try {
            code = super.readServerResponse();
        } catch (MessagingException e) {
            conversation.missed(phase, silence(e, false));
            throw e;
        }
        String said = getLastServerResponse();
        SmtpReply reply = ReplyText.read(said);
        boolean cutOff = !said.endsWith("\n") || tap != null && tap.hasEnded();
        if (code > 0 && reply.code() == code && ReplyText.isConsistent(said) && !cutOff && wasAskedFor(phase, code)) {
            conversation.replied(phase, reply);
            return asAngusTakesIt(phase, code);
        }
        // -1 is Angus' word for an end of stream, perhaps in mid-line, and for what is not SMTP. It is ours as well for
        // what Angus takes for a reply and we do not: the two must never go on with different opinions.
        conversation.missed(phase, cutOff ? NoReply.CLOSED : NoReply.GARBAGE);
        return -1;
    }

    /**
     * Asked to report success, Angus takes any 2yz to RCPT but 250 and 251 for a success and a refusal at once, and sends
     * nothing (RFC 5321 section 4.2.1: the first digit decides). The ledger keeps what was said.
     */
    private int asAngusTakesIt(SmtpPhase phase, int code) {
        boolean unusual = phase == SmtpPhase.RCPT && code > 251 && code < 300;
        return unusual && getReportSuccess() ? 250 : code;
    }

    /**
     * Whether a reply came after its command. One that was there before is the answer to nothing: taken for one, it
     * shifts all that follow, and what comes last is taken for the verdict on the message. Only a 421 comes unasked (RFC
     * 5321 section 3.8), and even that one decides nothing about a message that was complete only afterwards.
     */
    private boolean wasAskedFor(SmtpPhase phase, int code) {
        boolean unasked = receivedBefore >= 0 && received() == receivedBefore;
        return !unasked || code == 421 && phase != SmtpPhase.END_OF_DATA;
    }

    private long received() {
        return tap == null ? -1 : tap.received();
    }

    private NoReply silence(MessagingException thrown, boolean writing) {
        return conversation.isExpired() ? NoReply.TIMEOUT : Conversation.silence(thrown, writing);
    }

    /** Ends the conversation if it takes longer, unless the final dot may have left by then. */
    Deadline within(Duration left) {
        return Deadline.in(left, () -> {
            if (conversation.expire()) {
                cut();
            }
        });
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        boolean accepted = super.ehlo(domain);
        if (accepted) {
            extensions = parseExtensions(getLastServerResponse());
        }
        return accepted;
    }

    private static Map<String, String> parseExtensions(String reply) {
        Map<String, String> found = new LinkedHashMap<>();
        reply.lines().skip(1).filter(line -> line.length() > 4).forEach(line -> {
            String[] words = line.substring(4).split(" ", 2);
            found.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
        });
        return Map.copyOf(found);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        waitingLong(super::finishData);
    }

    @Override
    protected void finishBdat() throws IOException, MessagingException {
        waitingLong(super::finishBdat);
    }

    private void waitingLong(Finish finish) throws IOException, MessagingException {
        int usual = tap == null ? -1 : tap.readTimeout();
        if (longWaitForDot && tap != null) {
            tap.readTimeout(TimeOuts.FINAL_DOT_MILLIS);
        }
        try {
            finish.run();
        } finally {
            if (longWaitForDot && usual >= 0) {
                tap.readTimeout(usual);
            }
        }
    }

    /** The last step of a message. */
    private interface Finish {
        void run() throws IOException, MessagingException;
    }
}
