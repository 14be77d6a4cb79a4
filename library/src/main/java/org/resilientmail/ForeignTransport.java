package org.resilientmail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.reply.ReplyClassifier;

/**
 * Decorates a transport that is not Angus': retry, rates and splitting around it. What phase a failure belongs to is not
 * known here, so that only a failure that proves refusal is tried again.
 */
final class ForeignTransport extends Transport {

    private final Transport delegate;
    private final ResilientConfig config;
    private final Engine engine;
    private volatile Connected connected;

    ForeignTransport(Session session, Transport delegate, ResilientConfig config, Engine engine) {
        super(session, delegate.getURLName());
        this.delegate = delegate;
        this.config = config;
        this.engine = engine;
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        ForeignCarrier.Connection wanted = new ForeignCarrier.Connection(delegate, host, port, user, password);
        Account account = engine.account(wanted.account());
        Route route = new Route(engine, account, config, classifier());
        try {
            wanted.open();
        } catch (MessagingException e) {
            throw Outcome.connectFailure(route, ForeignCarrier.failedToConnect(route, e), 1);
        }
        connected = new Connected(wanted, account);
        return true;
    }

    @Override
    public void sendMessage(Message message, Address[] addresses) throws MessagingException {
        Connected current = connected;
        if (!isConnected() || current == null) {
            throw new IllegalStateException("Not connected");
        }
        if (message == null) {
            throw new MessagingException("The message is null; allowed: one the decorated transport can send");
        }
        List<InternetAddress> recipients = AddressList.of(addresses, true);
        Route route = new Route(engine, current.account(), config, classifier());
        Outcome outcome =
                new Delivery(route, new ForeignCarrier(current.connection(), message, route), recipients).run();
        notifyTransportListeners(
                outcome.eventType(), outcome.validSent(), outcome.validUnsent(), outcome.invalid(), message);
        Optional<MessagingException> thrown = outcome.toThrow();
        if (thrown.isPresent()) {
            throw thrown.get();
        }
    }

    private ReplyClassifier classifier() throws MessagingException {
        return Configurations.classifier(config.replies());
    }

    @Override
    public synchronized void close() throws MessagingException {
        boolean wasConnected = isConnected();
        try {
            delegate.close();
        } finally {
            if (wasConnected) {
                super.close();
            }
        }
    }

    /** What {@code connect} led to, and whose limits hold there. */
    private record Connected(ForeignCarrier.Connection connection, Account account) {}

    /** {@return the URL without the password} */
    @Override
    public URLName getURLName() {
        return delegate.getURLName();
    }
}
