package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.resilientmail.policy.RateGate;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.NoReply;
import org.resilientmail.reply.RetryAdvice;
import org.resilientmail.reply.Scope;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.reply.SmtpReply;

/**
 * Carries envelopes over a transport that is not Angus'. Its exceptions are all there is to go by: one that quotes a 4yz
 * or 5yz reply proves that the relay refused; any other may have come after the relay accepted, and is not tried again.
 */
final class ForeignCarrier implements Carrier {

    /** No standard knows an SMTP reply 40z; HTTP's 408 is a time-out, after which the message may have been accepted. */
    private static final int FIRST_TRANSIENT_OF_SMTP = 410;

    private final Connection connection;
    private final Message message;
    private final Route route;

    ForeignCarrier(Connection connection, Message message, Route route) {
        this.connection = connection;
        this.message = message;
        this.route = route;
    }

    @Override
    public Optional<Setback> carry(List<Recipient> open, RateGate.Permit permit, long deadline, Outcome outcome) {
        try {
            connection.open();
        } catch (MessagingException e) {
            return Optional.of(failedToConnect(route, e));
        }
        try {
            permit.used();
            outcome.messageId(messageId());
            connection.delegate().sendMessage(message, Envelope.addresses(open).toArray(Address[]::new));
            open.forEach(Recipient::sent);
            return Optional.empty();
        } catch (MessagingException e) {
            return Optional.of(failed(e, open));
        }
    }

    /** Under what the relay's log has the message, if it came with an id; one the delegate gives it is out of sight. */
    private Optional<String> messageId() {
        try {
            String[] ids = message.getHeader("Message-ID");
            return ids == null || ids.length == 0 ? Optional.empty() : Optional.of(ids[0]);
        } catch (MessagingException e) {
            return Optional.empty(); // whether it can be sent is for the delegate to say
        }
    }

    @Override
    public void close() {
        // Nothing is kept between attempts.
    }

    /** What a connection that could not be made means. */
    static Setback failedToConnect(Route route, MessagingException e) {
        Optional<SmtpReply> reply = quotedReply(e);
        boolean refused = e instanceof AuthenticationFailedException;
        SmtpPhase phase = refused ? SmtpPhase.AUTH : SmtpPhase.CONNECT;
        NoReply missing = refused ? NoReply.NO_AUTH_MECHANISM : NoReply.CONNECT_REFUSED;
        return setback(
                reply.map(said -> route.classifier().classify(phase, said))
                        .orElseGet(() -> missing.classify(phase, false)),
                phase,
                reply,
                reply.isPresent() ? Optional.empty() : Optional.of(missing),
                e);
    }

    private Setback failed(MessagingException e, List<Recipient> open) {
        SendFailedException partial = e instanceof SendFailedException s ? s : new SendFailedException();
        Set<Address> sent = setOf(partial.getValidSentAddresses());
        Set<Address> invalid = setOf(partial.getInvalidAddresses());
        Optional<SmtpReply> reply = quotedReply(e);
        if (reply.isEmpty()) {
            Classification doubt = NoReply.RESET.classify(SmtpPhase.END_OF_DATA, true);
            for (Recipient recipient : open) {
                markSentOr(recipient, sent, Recipient::uncertain);
            }
            return setback(doubt, SmtpPhase.UNKNOWN, Optional.empty(), Optional.of(NoReply.RESET), e);
        }
        Classification meaning = route.classifier().classify(SmtpPhase.UNKNOWN, reply.get());
        Setback setback = setback(meaning, SmtpPhase.UNKNOWN, reply, Optional.empty(), e);
        boolean lasting = meaning.retry() != RetryAdvice.YES && meaning.scope() == Scope.RECIPIENT;
        for (Recipient recipient : open) {
            markSentOr(recipient, sent, refused -> {
                if (lasting && invalid.contains(refused.address())) {
                    refused.heard(reply);
                    refused.rejected(setback);
                }
            });
        }
        return setback;
    }

    private static void markSentOr(Recipient recipient, Set<Address> sent, Consumer<Recipient> otherwise) {
        if (sent.contains(recipient.address())) {
            recipient.sent();
        } else {
            otherwise.accept(recipient);
        }
    }

    private static Setback setback(
            Classification meaning,
            SmtpPhase phase,
            Optional<SmtpReply> reply,
            Optional<NoReply> missing,
            MessagingException thrown) {
        return new Setback(
                meaning,
                phase,
                reply,
                missing,
                Optional.of(thrown),
                reply.map(SmtpReply::code).orElse(-1),
                thrown.getMessage(),
                false,
                false);
    }

    /** The refusal an exception, or one in its chain, quotes; a 2yz quoted beside an error is no refusal. */
    private static Optional<SmtpReply> quotedReply(MessagingException thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 100; t = t.getCause(), depth++) {
            SmtpReply reply = SmtpReply.parse(t.getMessage());
            if (reply.isTransient() && reply.code() >= FIRST_TRANSIENT_OF_SMTP || reply.isPermanent()) {
                return Optional.of(reply);
            }
        }
        return Optional.empty();
    }

    private static Set<Address> setOf(Address[] addresses) {
        return addresses == null ? Set.of() : new HashSet<>(List.of(addresses));
    }

    /** A transport and what it takes to connect it again. Its {@code toString} shows no password. */
    record Connection(Transport delegate, String host, int port, String user, String password) {

        void open() throws MessagingException {
            if (!delegate.isConnected()) {
                delegate.connect(host, port, user, password);
            }
        }

        AccountId account() {
            URLName url = delegate.getURLName();
            String protocol = url == null || url.getProtocol() == null
                    ? delegate.getClass().getName()
                    : url.getProtocol();
            return new AccountId(protocol, host == null ? "" : host, port, user);
        }

        @Override
        public String toString() {
            return account().toString();
        }
    }
}
