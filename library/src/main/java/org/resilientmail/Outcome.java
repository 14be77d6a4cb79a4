package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.event.TransportEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.resilientmail.failure.FailureReport;
import org.resilientmail.failure.MailFailure;
import org.resilientmail.failure.MailFailures;
import org.resilientmail.failure.Origin;
import org.resilientmail.failure.RecipientState;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.smtp.SuccessReport;
import org.resilientmail.smtp.TransferResult;
import org.resilientmail.smtp.TruthfulChain;

/**
 * How a send ended, gathered while it goes on: the fate of every recipient, the failure the caller gets, the one event
 * the listeners get. Confined to the sending thread.
 */
final class Outcome {

    private final Route route;
    private final List<Recipient> recipients;
    private final List<Failure> failures = new ArrayList<>();
    private final List<MessagingException> successReports = new ArrayList<>();
    private Setback uncertainty;
    private boolean stops;
    private Optional<String> messageId = Optional.empty();
    private String lastResponse;
    private int lastCode = -1;
    private boolean anyTransfer;

    Outcome(Route route, List<Recipient> recipients) {
        this.route = route;
        this.recipients = recipients;
    }

    void messageId(Optional<String> id) {
        messageId = id;
    }

    Optional<String> messageId() {
        return messageId;
    }

    /** What a transfer said; with {@code reportSuccess} what Angus throws after an acceptance is the caller's to have. */
    void heard(TransferResult result, boolean reportSuccess) {
        anyTransfer = true;
        lastResponse = result.lastResponse();
        lastCode = result.returnCode();
        // Without it, that only tells of refused recipients, who have their own way, and may yet be sent to.
        if (reportSuccess && result.end() == TransferResult.End.ACCEPTED) {
            result.thrown().ifPresent(successReports::add);
        }
    }

    /** A setback that another attempt follows. */
    void passed(Setback setback) {
        if (setback.classification().kind() == FailureKind.DELIVERY_UNCERTAIN) {
            uncertainty = setback;
        }
    }

    /** A setback that ended its envelope. */
    void failed(Setback setback, int attempts) {
        failures.add(new Failure(setback, attempts));
        stops |= Delivery.hitsAll(setback);
    }

    /** The envelope went out, but perhaps some of its recipients had been refused in an earlier attempt. */
    void rejectionsOf(Envelope envelope) {
        for (Recipient recipient : envelope.recipients()) {
            Setback why = recipient.rejection();
            if (why != null) {
                failures.add(new Failure(why, envelope.patience().attempts(why)));
                return;
            }
        }
    }

    /** Whether what is left need not be tried. */
    boolean stops() {
        return stops;
    }

    /** {@return whether what ended the send was no reply but the want of one: the connection is gone} */
    boolean lostConnection() {
        for (Failure failure : failures) {
            if (failure.setback().missing().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a reply was read, so that "last response" means something} */
    boolean anyTransfer() {
        return anyTransfer;
    }

    String lastResponse() {
        return lastResponse;
    }

    int lastCode() {
        return lastCode;
    }

    /** The type of the one event for this send. */
    int eventType() {
        if (allWentWell()) {
            return TransportEvent.MESSAGE_DELIVERED;
        }
        boolean any = recipients.stream().anyMatch(r -> r.state() == RecipientState.SENT);
        return any ? TransportEvent.MESSAGE_PARTIALLY_DELIVERED : TransportEvent.MESSAGE_NOT_DELIVERED;
    }

    /** Addresses sent to; {@code null} where Angus has {@code null}. */
    Address[] validSent() {
        if (allWentWell()) {
            return all();
        }
        Address[] sent = addresses(r -> r.state() == RecipientState.SENT);
        return sent.length == 0 && !failures.isEmpty() ? null : sent;
    }

    /** Addresses certainly not sent to and not refused: those in doubt are not among them, because callers resend these. */
    Address[] validUnsent() {
        if (allWentWell()) {
            return null;
        }
        // Angus lists those that were refused for now behind those the message failed for.
        Predicate<Recipient> unsent = r ->
                r.state() == RecipientState.UNSENT || r.state() == RecipientState.REJECTED && !r.isInvalidToAngus();
        Stream<Recipient> others = recipients.stream().filter(unsent).filter(r -> !r.wasRefused());
        Stream<Recipient> refused = recipients.stream().filter(unsent).filter(Recipient::wasRefused);
        return Stream.concat(others, refused).map(Recipient::address).toArray(Address[]::new);
    }

    /** Addresses refused for good; {@code null} where Angus has {@code null}: where no recipient was refused. */
    Address[] invalid() {
        if (allWentWell()) {
            return null;
        }
        Address[] invalid = addresses(Recipient::isInvalidToAngus);
        boolean angusHasThem = Stream.concat(
                        failures.stream().flatMap(f -> f.setback().thrown().stream()), successReports.stream())
                .anyMatch(t -> t instanceof SendFailedException s && s.getInvalidAddresses() != null);
        return invalid.length == 0 && !angusHasThem ? null : invalid;
    }

    private boolean allWentWell() {
        return failures.isEmpty() && successReports.isEmpty();
    }

    private Address[] all() {
        Address[] all = new Address[recipients.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = recipients.get(i).address();
        }
        return all;
    }

    private Address[] addresses(Predicate<Recipient> which) {
        List<Address> addresses = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            if (which.test(recipient)) {
                addresses.add(recipient.address());
            }
        }
        return addresses.toArray(new Address[0]);
    }

    /** What the caller has to be thrown, or empty. */
    Optional<MessagingException> toThrow() {
        if (!failures.isEmpty()) {
            return Optional.of(failure());
        }
        if (!successReports.isEmpty()) {
            return Optional.of(SuccessReport.of(successReports, validSent(), lastResponse));
        }
        return Optional.empty();
    }

    private MessagingException failure() {
        Failure first = failures.get(0);
        boolean inDoubt = recipients.stream().anyMatch(r -> r.state() == RecipientState.UNCERTAIN);
        // A later try that was refused does not undo the doubt of an earlier one that may have been accepted.
        Setback decisive = inDoubt && uncertainty != null ? uncertainty : first.setback();
        for (Failure failure : failures) {
            if (failure.setback().classification().kind() == FailureKind.DELIVERY_UNCERTAIN) {
                decisive = failure.setback();
            }
        }
        TruthfulChain truth = new TruthfulChain(this::isUnsent);
        MessagingException cause = decisive.thrown().map(truth::of).orElse(null);
        if (cause != null) {
            failures.stream()
                    .flatMap(further -> further.setback().thrown().stream())
                    .map(truth::of)
                    .filter(thrown -> !isInChain(thrown, cause))
                    .forEach(cause::setNextException);
        }
        FailureReport report = new FailureReport(
                decisive.classification(),
                decisive.phase(),
                decisive.reply(),
                recipients.stream().map(Recipient::outcome).toList(),
                first.attempts(),
                messageId);
        MessagingException failure = MailFailures.of(
                report,
                Origin.sending(
                        cause,
                        command(decisive.phase()),
                        decisive.returnCode(),
                        decisive.words(),
                        validSent(),
                        validUnsent(),
                        invalid()));
        tell(route, failure);
        return failure;
    }

    private boolean isUnsent(Address address) {
        return recipients.stream()
                .filter(recipient -> recipient.address().equals(address))
                .allMatch(recipient ->
                        recipient.state() == RecipientState.UNSENT || recipient.state() == RecipientState.REJECTED);
    }

    /** Appending what is there already would close the chain to a ring. */
    private static boolean isInChain(Exception wanted, Exception chain) {
        for (Exception e = chain;
                e != null;
                e = e instanceof MessagingException mail ? mail.getNextException() : null) {
            if (e == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The exception for a {@code connect} that failed. */
    static MessagingException connectFailure(Route route, Setback setback, int attempts) {
        FailureReport report = new FailureReport(
                setback.classification(), setback.phase(), setback.reply(), List.of(), attempts, Optional.empty());
        MessagingException failure = MailFailures.of(
                report, Origin.connecting(setback.thrown().orElse(null), setback.words(), setback.returnCode()));
        tell(route, failure);
        return failure;
    }

    private static void tell(Route route, MessagingException failure) {
        if (failure instanceof MailFailure told) {
            route.tell(new DeliveryEvent.Failed(route.name(), told));
        }
    }

    private static String command(SmtpPhase phase) {
        return switch (phase) {
            case MAIL -> "MAIL";
            case RCPT -> "RCPT";
            case DATA -> "DATA";
            case BODY, END_OF_DATA -> ".";
            default -> "";
        };
    }

    private record Failure(Setback setback, int attempts) {}
}
