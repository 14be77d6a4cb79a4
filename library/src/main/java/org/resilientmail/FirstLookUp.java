package org.resilientmail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.smtp.ConnectRefused;
import org.resilientmail.smtp.SmtpSession;

/**
 * The look-up of the relay's name that Jakarta Mail does before it asks a transport, for its table of passwords, and
 * waits for as long as it takes. Done here before, with a deadline; after that, Java knows the name.
 */
final class FirstLookUp {

    private FirstLookUp() {}

    /** The host that {@code Service.connect} will settle on; empty when that is the transport's own choice. */
    static Optional<String> host(String given, URLName url, Session session, String protocol) {
        return Stream.of(
                        given,
                        url == null ? null : url.getHost(),
                        session.getProperty("mail." + protocol + ".host"),
                        session.getProperty("mail.host"))
                .filter(Objects::nonNull)
                .findFirst()
                .filter(host -> !host.isEmpty());
    }

    /**
     * Looks it up.
     *
     * @throws MessagingException a failure, if it takes longer than a call may or the thread is interrupted; a name that
     *     has no address is for connecting to find out
     */
    static void inTime(Engine engine, AccountId id, ResilientConfig config) throws MessagingException {
        try {
            SmtpSession.lookUp(id.host(), id.port(), config.retry().deadline());
        } catch (ConnectRefused blocked) {
            Route route = new Route(engine, engine.account(id), config, Configurations.classifier(config.replies()));
            throw Outcome.connectFailure(route, Relay.setbackOf(blocked, route), 1);
        }
    }
}
