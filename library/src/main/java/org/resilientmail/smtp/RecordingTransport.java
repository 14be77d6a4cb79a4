package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.PropUtil;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Angus' transport, keeping a ledger of the conversation. One object, one connection: an Angus transport that failed
 * keeps stale state and must not connect again. Every method is called by the one thread that holds the session.
 */
class RecordingTransport extends SMTPTransport implements Deadline.Work {

    private final Conversation conversation = new Conversation();
    private final SocketHold hold = new SocketHold();
    private final String protocol;
    private final boolean longWaitForDot;
    private final Verdict verdict;
    private Map<String, String> extensions = Map.of();
    private SmtpSocket socket;
    private String greeting = "";
    private boolean saysGoodbye;
    private boolean open;

    /**
     * @param session the Session, with all time-outs
     * @param protocol {@code smtp} or {@code smtps}
     * @param longWaitForDot whether the reply to the final dot has a read time-out of its own
     * @param wholeVerdict what that reply may take as a whole, however steadily it comes; empty: for ever
     */
    RecordingTransport(Session session, String protocol, boolean longWaitForDot, Optional<Duration> wholeVerdict) {
        super(session, new URLName(protocol, null, -1, null, null, null), protocol, protocol.equals("smtps"));
        this.protocol = protocol;
        this.longWaitForDot = longWaitForDot;
        this.verdict = new Verdict(wholeVerdict, conversation, hold);
    }

    Conversation conversation() {
        return conversation;
    }

    Map<String, String> extensions() {
        return extensions;
    }

    Opening opening() {
        return new Opening(greeting, socket == null ? Optional.empty() : socket.tls(), extensions);
    }

    /** Opens the connection as {@code Service.connect} would, without its look-up of host, user and password. */
    synchronized boolean open(ConnectSpec spec, Deadline deadline) throws MessagingException {
        spec.settings().applyTo(this);
        if (PropUtil.getBooleanProperty(session.getProperties(), "mail." + protocol + ".auth", false)
                && (spec.user() == null || spec.password() == null)) {
            return false; // as Angus decides it: before there is a connection
        }
        String host = spec.host().isEmpty() ? "localhost" : spec.host();
        ConnectionSetup setup = new ConnectionSetup(session, protocol, deadline);
        socket = setup.dial(host, spec.port(), hold);
        if (socket.isSecure()) {
            // Angus would ask for STARTTLS, because the socket it knows is a plain one: it is secured already.
            setStartTLS(false);
            setRequireStartTLS(false);
        }
        Optional<String> name = setup.nameOfThisHost(spec, socket);
        if (name.isPresent()) {
            setLocalHost(name.get());
        }
        connect(socket);
        try {
            boolean connected = protocolConnect(host, spec.port(), spec.user(), spec.password());
            setConnected(connected);
            return connected;
        } catch (MessagingException e) {
            throw ConnectionSetup.inFull(e, host, socket.getPort(), greeting);
        }
    }

    /** For Angus this is where the socket comes in; what else belongs to connecting is done in {@code open}. */
    @Override
    public synchronized void connect(String host, int port, String user, String password) {
        // nothing to look up
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

    /** Says goodbye and closes. */
    synchronized void quit() {
        saysGoodbye = true;
        Deadline patience = Deadline.in(Duration.ofMillis(TimeOuts.QUIT_MILLIS), hold);
        try {
            hold.readTimeout(TimeOuts.QUIT_MILLIS);
            close();
        } catch (MessagingException e) {
            // Nothing depends on the goodbye.
        } finally {
            patience.close();
            hold.cut();
        }
    }

    /** Closes without a word. */
    synchronized void abort() {
        if (conversation.brokenOff().orElse(null) == NoReply.INTERRUPTED && !hold.isCut()) {
            hold.awaitEnd();
        }
        hold.cut();
        try {
            close();
        } catch (MessagingException | RuntimeException e) {
            // There was nobody to say goodbye to, or a log handler of the application's would not hear of it.
        } finally {
            open = false;
        }
    }

    /**
     * Not by the relay, but here: it was closed under our hands, or a log handler of the application's threw when it was
     * told of a line. Nobody knows how far Angus came, so nothing more is said on this connection: it counts as closed,
     * without the goodbye that would blot out where it stood.
     */
    MessagingException brokenDown(RuntimeException thrown) {
        hold.cut();
        open = false;
        return new MessagingException("The conversation broke down on this side: " + thrown.getMessage(), thrown);
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
            hold.cut();
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
        begin(command);
        socket.replies().asking();
        write(command);
    }

    /** Takes the step that a command is; not once the time for it is over. */
    final void begin(String command) throws MessagingException {
        if (!conversation.sending(command)) {
            throw brokenOff();
        }
    }

    final MessagingException brokenOff() {
        boolean interrupted = conversation.brokenOff().orElseThrow() == NoReply.INTERRUPTED;
        return new MessagingException(
                (interrupted ? "The sending thread was interrupted" : "The time for this send was over")
                        + " before the message was complete",
                interrupted ? new InterruptedIOException() : new SocketTimeoutException("retry.deadline"));
    }

    /** Writes a command; who waits for the reply, and when, is decided elsewhere. */
    final void write(String command) throws MessagingException {
        try {
            super.sendCommand(command);
        } catch (MessagingException e) {
            if (e.getNextException() instanceof IOException) {
                conversation.missed(conversation.awaiting(), silence(e, true));
            }
            throw e;
        }
    }

    /** The connection, once it was opened. */
    final SmtpSocket socket() {
        return socket;
    }

    final SocketHold hold() {
        return hold;
    }

    /** The steps of a login that Angus does not send as text. */
    @Override
    protected int simpleCommand(byte[] command) throws MessagingException {
        socket.replies().asking();
        return super.simpleCommand(command);
    }

    @Override
    protected void startTLS() throws MessagingException {
        issueCommand("STARTTLS", 220);
        try {
            socket.secure(session.getProperties(), "mail." + protocol);
        } catch (IOException e) {
            hold.cut();
            throw new MessagingException("Could not convert socket to TLS", e);
        }
    }

    @Override
    public synchronized boolean isSSL() {
        return socket != null && socket.isSecure();
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
        if (phase == SmtpPhase.CONNECT) {
            greeting = said;
        }
        SmtpReply reply = ReplyText.read(said);
        boolean cutOff = !said.endsWith("\n") || socket.replies().hasEnded();
        if (code > 0 && reply.code() == code && ReplyText.isConsistent(said) && !cutOff && wasAskedFor(phase, code)) {
            conversation.replied(phase, reply);
            return asAngusTakesIt(phase, code);
        }
        // -1 is Angus' word for an end of stream, perhaps in mid-line, and for what is not SMTP. It is ours as well for
        // what Angus takes for a reply and we do not: the two must never go on with different opinions.
        conversation.missed(phase, conversation.brokenOff().orElse(cutOff ? NoReply.CLOSED : NoReply.GARBAGE));
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
     * 5321 section 3.8), and even that one decides nothing about a message that was complete only afterwards. A refusal
     * may come early, in the middle of the message; a yes never does.
     */
    private boolean wasAskedFor(SmtpPhase phase, int code) {
        ReplyStream replies = socket.replies();
        boolean answer = replies.isAnswer() && (code >= 400 || !replies.mayHaveBeenThere());
        return answer || code == 421 && phase != SmtpPhase.END_OF_DATA;
    }

    final NoReply silence(Exception thrown, boolean writing) {
        return conversation.brokenOff().orElseGet(() -> Conversation.silence(thrown, writing));
    }

    /**
     * Ends the conversation if it takes longer, or when this thread is interrupted meanwhile, unless the final dot may
     * have left by then.
     *
     * @return to be closed by this same thread
     */
    Deadline within(Duration left) {
        return Deadline.orInterrupt(left, this);
    }

    @Override
    public final void breakOff(NoReply why) {
        if (!conversation.breakOff(why)) {
            return;
        }
        if (why == NoReply.INTERRUPTED) {
            hold.leave();
        } else {
            hold.cut();
        }
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        boolean accepted = super.ehlo(domain);
        if (accepted) {
            extensions = ReplyText.extensions(getLastServerResponse());
        } else if (!conversation.isRefusedForGood()) {
            // Angus would go on with HELO: without the login and the TLS that only EHLO offers, and where this was no
            // reply to EHLO at all, one reply behind from then on.
            throw new MessagingException(getLastServerResponse());
        }
        return accepted;
    }

    /** The last step of a message, whose reply may take ten minutes (RFC 5321 section 4.5.3.2.6). */
    @Override
    protected void finishData() throws IOException, MessagingException {
        int usual = hold.readTimeout();
        if (longWaitForDot) {
            hold.readTimeout(TimeOuts.FINAL_DOT_MILLIS);
        }
        verdict.await(socket.replies());
        try {
            super.finishData();
        } finally {
            verdict.over(socket.replies());
            if (longWaitForDot && usual >= 0) {
                hold.readTimeout(usual);
            }
        }
    }

    /** The wait for the reply to the whole message. */
    final Verdict verdict() {
        return verdict;
    }
}
