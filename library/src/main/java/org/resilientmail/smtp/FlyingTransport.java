package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;

/**
 * Lets the commands of a message leave together and its data go by BDAT, while Angus goes on asking for one command after
 * the other: what has left with a flight is not written again, only waited for. See {@link Flight}.
 */
final class FlyingTransport extends RecordingTransport {

    /** Not so before JavaMail 1.6, under the agent. */
    private static final boolean KNOWS_CHUNKS = knowsChunks();

    private static final long JUST_NOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Flight flight = Flight.none();
    private FrozenMessage message;
    private long chunk;
    private ChunkedBody body;
    /** When it was last known to be there: opened, or through with a message. */
    private long seenAt;
    /** When the commands of the flight left. */
    private long departedAt;

    FlyingTransport(Session session, String protocol, boolean longWaitForDot, Optional<Duration> wholeVerdict) {
        super(session, protocol, longWaitForDot, wholeVerdict);
    }

    private static boolean knowsChunks() {
        for (Method method : SMTPTransport.class.getDeclaredMethods()) {
            if (method.getName().equals("bdat")) {
                return true;
            }
        }
        return false;
    }

    /** How the next message goes, in chunks of so many octets at most, if in chunks at all. */
    synchronized void prepare(Flight next, FrozenMessage itsMessage, long chunkOctets) {
        flight = next;
        message = itsMessage;
        chunk = chunkOctets;
    }

    /** Whether messages may go by BDAT. */
    boolean takesChunks() {
        return KNOWS_CHUNKS && extensions().containsKey("CHUNKING");
    }

    /** The message is over. */
    synchronized void landed() {
        verdict().over(socket().replies());
        leaveFlight();
        flight = Flight.none();
        message = null;
        body = null;
        seenAt = System.nanoTime();
    }

    @Override
    synchronized boolean open(ConnectSpec spec, Deadline deadline) throws MessagingException {
        boolean opened = super.open(spec, deadline);
        seenAt = System.nanoTime();
        return opened;
    }

    @Override
    public synchronized void close() throws MessagingException {
        leaveFlight();
        super.close();
    }

    /**
     * A flight is given up in the air: the relay goes on reading what has left. Its place, and its share of the rates,
     * are not another's before the relay is through with it.
     */
    private void leaveFlight() {
        if (flight.isInAir() && !hold().isCut()) {
            hold().leave();
            hold().awaitEnd();
        }
    }

    /** Angus asks this when it decides between DATA and BDAT. */
    @Override
    public boolean supportsExtension(String extension) {
        return extension.equals("CHUNKING") ? flight.goesByChunks() : super.supportsExtension(extension);
    }

    /** So that the relay need not take a message to find that it is too large, or that there is no room (RFC 1870). */
    private String withSize(String command) {
        boolean wanted = command.startsWith("MAIL FROM:")
                && message != null
                && extensions().containsKey("SIZE")
                && !command.toUpperCase(Locale.ROOT).contains(" SIZE="); // the application's own
        return wanted ? command + " SIZE=" + message.size() : command;
    }

    @Override
    protected void sendCommand(String asked) throws MessagingException {
        String command = withSize(asked);
        if (flight.hasLeft(command)) {
            begin(command);
            socket().replies().next();
            return;
        }
        if (flight.isInAir()) {
            throw new MessagingException(
                    "Another command was due", new IOException("The conversation with the relay is out of step"));
        }
        listenBeforeLast(command);
        // Where the relay has said something unasked, the session is as good as lost: nothing is sent into the dark.
        List<String> behind = socket().replies().holdsMore() ? List.of() : flight.behind(command);
        if (command.equals(".") && socket().commands().isHolding()) {
            super.sendCommand(command);
            sendHeld();
        } else if (behind.isEmpty()) {
            super.sendCommand(command);
        } else {
            sendTogether(command, behind);
        }
    }

    private void sendTogether(String command, List<String> behind) throws MessagingException {
        begin(command);
        boolean withBody = flight.wantsBodyAlong() && isRelayThere() && flight.takesBodyAlong();
        if (withBody && !conversation().beginFinalDot()) {
            throw brokenOff();
        }
        if (withBody) {
            verdict().await(socket().replies());
        }
        socket().replies().asking();
        departedAt = System.nanoTime();
        GatheredOutput out = socket().commands();
        boolean whole = false;
        out.hold();
        try {
            write(command);
            for (String next : behind) {
                write(next);
            }
            if (withBody) {
                write("BDAT " + message.size() + " LAST");
                message.copyTo(out);
            }
            out.send();
            whole = true;
        } catch (IOException e) {
            conversation().missed(conversation().awaiting(), silence(e, true));
            throw new MessagingException("Can't send command to SMTP host", e);
        } finally {
            if (!whole) {
                out.drop();
            }
        }
    }

    /**
     * Whether the session is not known to be lost: what leaves on a lost one is in doubt. A relay that closed it after the
     * message before, or while it waited for its first one, has done so by now, as a look of a millisecond shows. Within
     * TLS a look without waiting shows it as well, because who closes says so; so only a session that has stood idle is
     * worth the millisecond.
     */
    private boolean isRelayThere() {
        boolean justNow = System.nanoTime() - seenAt < JUST_NOW_NANOS;
        if (justNow && isSSL() && hold().isSilent()) {
            return true;
        }
        int usual = hold().readTimeout();
        try {
            hold().readTimeout(1);
            return socket().replies().isQuiet();
        } catch (IOException e) {
            return false;
        } finally {
            if (usual >= 0) {
                hold().readTimeout(usual);
            }
        }
    }

    /** What the relay says before it has the message whole is not about the message: then it does not get it whole. */
    private void listenBeforeLast(String command) throws MessagingException {
        if (Conversation.isLast(command) && socket().replies().holdsMore()) {
            conversation().atBody();
            readServerResponse();
            throw new MessagingException(
                    getLastServerResponse(), new IOException("The relay spoke before the message was complete"));
        }
    }

    @Override
    public synchronized void issueCommand(String command, int expect) throws MessagingException {
        if (command.equals("RSET")) {
            land();
        }
        super.issueCommand(command, expect);
    }

    /** A step was refused: the replies to those that left behind it decide nothing more, but are to be read. */
    private void land() throws MessagingException {
        if (!flight.isInAir()) {
            return;
        }
        boolean recipient = conversation().hasRecipient();
        begin("RSET"); // it is tidying up
        int usual = hold().readTimeout();
        hold().readTimeout(patience()); // nothing depends on them but the session
        try {
            // What is not read any more stays in the air: the relay is then left in peace until it is through with it.
            while (flight.isInAir() && !conversation().isOver()) {
                String left = flight.land();
                socket().replies().next();
                recipient |= landed(left, readServerResponse(), recipient);
            }
        } catch (MessagingException lost) {
            hold().cut();
        } finally {
            if (usual >= 0) {
                hold().readTimeout(usual);
            }
        }
    }

    /**
     * How long each of them may take, in milliseconds. A relay that makes who is refused wait takes its time with these as
     * well (Exchange: five seconds each), and a session lost for that would cost more. Not once the message has left:
     * then no deadline would end it.
     */
    private int patience() {
        long refusedAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - departedAt);
        return conversation().finalDotBegun()
                ? TimeOuts.QUIT_MILLIS
                : (int) Math.min(TimeOuts.READ_MILLIS, Math.max(TimeOuts.QUIT_MILLIS, 2 * refusedAfter));
    }

    /** Deals with the reply to one of them; whether it took a recipient after all. */
    private boolean landed(String command, int code, boolean recipient) throws MessagingException {
        boolean positive = code >= 200 && code < 300;
        if (command.equals(".") && positive) {
            conversation().contradict();
        }
        if (command.equals("DATA") && code == 354) {
            // An end without a message (RFC 2920 section 3.1), unless somebody would get an empty one.
            if (recipient) {
                giveUp();
            } else {
                socket().replies().asking();
                write(".");
                int verdict = readServerResponse();
                if (verdict < 400) {
                    giveUp();
                }
            }
        }
        return command.startsWith("RCPT ") && positive;
    }

    private void giveUp() {
        flight.stumble();
        hold().cut();
        conversation().missed(SmtpPhase.RSET, NoReply.GARBAGE);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        SmtpPhase phase = conversation().awaiting();
        boolean wasOver = conversation().isOver();
        int code = -1;
        try {
            code = super.readServerResponse();
            return code;
        } finally {
            if (!wasOver
                    && !flight.fits(phase, code)
                    && conversation().brokenOff().isEmpty()) {
                flight.stumble();
            }
        }
    }

    /** The rendering is in the form of the wire already but for its dots: Angus would go through every octet again. */
    @Override
    protected OutputStream data() throws MessagingException {
        OutputStream traced = super.data();
        if (session.getDebug() || ProtocolTrace.isOn()) {
            return traced; // shows what is written, which is the application's wish
        }
        GatheredOutput out = socket().commands();
        out.hold();
        return message.hasDots() ? new DoubledDots(out) : out;
    }

    /** The end of the message leaves together with the dot. */
    private void sendHeld() throws MessagingException {
        try {
            socket().commands().send();
        } catch (IOException e) {
            conversation().missed(conversation().awaiting(), silence(e, true));
            throw new MessagingException("Can't send command to SMTP host", e);
        }
    }

    @Override
    protected OutputStream bdat() throws MessagingException {
        super.bdat(); // for finishData, which ends what Angus began; nothing is written to it
        if (flight.hasBodyOnBoard()) {
            return OutputStream.nullOutputStream();
        }
        body = new ChunkedBody(message.size(), chunk, new Chunks(this));
        return body;
    }

    @Override
    protected void finishBdat() throws IOException, MessagingException {
        if (!flight.hasBodyOnBoard()) {
            body.finish();
            socket().commands().send();
            flight.bodyHasLeft();
        }
        finishData();
    }
}
