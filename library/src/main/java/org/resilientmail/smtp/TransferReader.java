package org.resilientmail.smtp;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;
import org.resilientmail.smtp.TransferResult.End;

/** Reads a transfer's result out of the ledger; what Angus threw is kept, but decides nothing. */
final class TransferReader {

    private final Conversation conversation;
    private final RecordingTransport angus;
    private final Flight flight;
    private final Optional<MessagingException> thrown;

    TransferReader(RecordingTransport angus, Flight flight, Optional<MessagingException> thrown) {
        this.flight = flight;
        this.conversation = angus.conversation();
        this.angus = angus;
        this.thrown = thrown;
    }

    TransferResult read(int recipients) {
        Optional<Exchange> dot = lastOf(SmtpPhase.END_OF_DATA);
        SmtpReply said = dot.isPresent() ? dot.get().reply() : null;
        Optional<SmtpReply> verdict = said != null && isFinal(said) ? Optional.of(said) : Optional.empty();
        if (verdict.isPresent() && flight.isAboutAnAddress(verdict.get())) {
            // One reply too many came before: what was read for one recipient was said of another.
            flight.stumble();
            conversation.contradict();
            return result(
                    End.UNCERTAIN, SmtpPhase.END_OF_DATA, Optional.empty(), Optional.of(NoReply.GARBAGE), recipients);
        }
        if (verdict.isPresent() && verdict.get().isPositive()) {
            return result(End.ACCEPTED, SmtpPhase.END_OF_DATA, verdict, Optional.empty(), recipients);
        }
        if (verdict.isPresent()) {
            return result(End.NOT_SENT, SmtpPhase.END_OF_DATA, verdict, Optional.empty(), recipients);
        }
        if (conversation.finalDotBegun() && !conversation.isRefusedBeforeData()) {
            NoReply why = dot.or(this::lastMissing).map(Exchange::missing).orElse(NoReply.GARBAGE);
            return result(End.UNCERTAIN, SmtpPhase.END_OF_DATA, Optional.empty(), Optional.of(why), recipients);
        }
        return notSent(recipients);
    }

    private TransferResult notSent(int recipients) {
        Optional<Exchange> chunk = lastOf(SmtpPhase.BODY).filter(Exchange::failed);
        if (conversation.awaiting() == SmtpPhase.BODY && chunk.isEmpty()) {
            // DATA was answered with 354 and the dot never begun: whatever was said before, the body failed.
            return result(End.NOT_SENT, SmtpPhase.BODY, Optional.empty(), Optional.of(notWritten()), recipients);
        }
        if (thrown.map(MessagingException::getNextException).orElse(null) instanceof IllegalArgumentException) {
            return result(End.INVALID, conversation.awaiting(), Optional.empty(), Optional.empty(), recipients);
        }
        Optional<Exchange> decisive = outOfStep().or(conversation::decisive);
        if (decisive.isEmpty()) {
            return result(
                    End.NOT_SENT, conversation.awaiting(), Optional.empty(), Optional.of(notWritten()), recipients);
        }
        Exchange exchange = decisive.get();
        return result(
                End.NOT_SENT,
                exchange.phase(),
                Optional.ofNullable(exchange.reply()),
                Optional.ofNullable(exchange.missing()),
                recipients);
    }

    private Optional<Exchange> lastMissing() {
        Exchange found = null;
        for (Exchange exchange : conversation.exchanges()) {
            if (exchange.missing() != null) {
                found = exchange;
            }
        }
        return Optional.ofNullable(found);
    }

    private NoReply notWritten() {
        return conversation
                .brokenOff()
                .or(() -> thrown.map(t -> Conversation.silence(t, true)))
                .orElse(NoReply.WRITE_FAILED);
    }

    /** A positive reply where another one was due, such as 250 to DATA: the conversation is out of step. */
    private Optional<Exchange> outOfStep() {
        return lastOf(SmtpPhase.DATA)
                .filter(exchange -> exchange.reply() != null && exchange.reply().isPositive())
                .or(() -> lastOf(SmtpPhase.MAIL)
                        .filter(exchange -> exchange.reply() != null
                                && exchange.reply().isPositive()
                                && exchange.reply().code() != 250));
    }

    /** RFC 5321 section 4.2.1: 1yz and 3yz are not the end of anything. */
    private static boolean isFinal(SmtpReply reply) {
        return reply.code() >= 200 && reply.code() < 600 && (reply.code() < 300 || reply.code() >= 400);
    }

    private Optional<Exchange> lastOf(SmtpPhase phase) {
        Exchange found = null;
        for (Exchange exchange : conversation.exchanges()) {
            if (exchange.phase() == phase) {
                found = exchange;
            }
        }
        return Optional.ofNullable(found);
    }

    private TransferResult result(
            End end, SmtpPhase phase, Optional<SmtpReply> reply, Optional<NoReply> missing, int recipients) {
        return new TransferResult(
                end,
                phase,
                reply,
                missing,
                recipientReplies(recipients),
                isInOrder(end, reply),
                hasStumbled(end, reply),
                thrown,
                angus.getLastReturnCode(),
                angus.getLastServerResponse());
    }

    private boolean hasStumbled(End end, Optional<SmtpReply> reply) {
        boolean chunkUnknown = flight.goesByChunks()
                && end == End.NOT_SENT
                && reply.isPresent()
                && TransferResult.isUnknownCommand(reply.get().code())
                && conversation.hasRecipient();
        return flight.hasStumbled() || chunkUnknown;
    }

    private boolean isInOrder(End end, Optional<SmtpReply> reply) {
        boolean outOfStep =
                end == End.NOT_SENT && reply.isPresent() && reply.get().isPositive();
        // Where RSET was refused, the relay still has the transaction: the next message would be refused for this one.
        Optional<Exchange> reset = lastOf(SmtpPhase.RSET);
        boolean forgotten = reset.isEmpty() || !reset.get().failed();
        boolean goesOn = !flight.isInAir()
                && angus.isOpen()
                && !conversation.isOver()
                && conversation.brokenOff().isEmpty();
        return end != End.UNCERTAIN && end != End.INVALID && !outOfStep && forgotten && goesOn;
    }

    private List<Optional<SmtpReply>> recipientReplies(int recipients) {
        List<Optional<SmtpReply>> replies = new ArrayList<>(recipients);
        boolean reliable = !conversation.isContradicted();
        for (Exchange exchange : conversation.exchanges()) {
            if (exchange.phase() == SmtpPhase.RCPT && replies.size() < recipients && reliable) {
                replies.add(Optional.ofNullable(exchange.reply()));
            }
        }
        while (replies.size() < recipients) {
            replies.add(Optional.empty());
        }
        return replies;
    }
}
