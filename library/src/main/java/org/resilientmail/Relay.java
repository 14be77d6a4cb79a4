package org.resilientmail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.resilientmail.config.ResilientConfig;
import org.resilientmail.pool.CloseReason;
import org.resilientmail.pool.Lease;
import org.resilientmail.pool.NextSession;
import org.resilientmail.pool.NoFreeSession;
import org.resilientmail.pool.PoolLimits;
import org.resilientmail.pool.SessionPool;
import org.resilientmail.reply.Classification;
import org.resilientmail.reply.FailureKind;
import org.resilientmail.reply.ReplyClassifier;
import org.resilientmail.reply.SmtpPhase;
import org.resilientmail.smtp.CommandValues;
import org.resilientmail.smtp.ConnectRefused;
import org.resilientmail.smtp.ConnectSpec;
import org.resilientmail.smtp.ConnectionKey;
import org.resilientmail.smtp.Credentials;
import org.resilientmail.smtp.SmtpSession;

/**
 * A relay as one transport object sees it after {@code connect}: its route, and the credentials and settings that tell
 * which sessions it may use. Immutable.
 */
final class Relay implements NextSession<SmtpSession> {

    /** A session used within this time is taken to be alive without asking. */
    static final long ALIVE_NANOS = Duration.ofMillis(500).toNanos();

    private final Route route;
    private final Account account;
    private final ConnectSpec spec;
    private final ConnectionKey key;
    private final Optional<Credentials> credentials;

    Relay(Engine engine, ConnectSpec spec, ResilientConfig config, ReplyClassifier classifier) {
        this.account = engine.account(new AccountId(spec.protocol(), spec.host(), spec.port(), spec.user()));
        this.route = new Route(engine, account, config, classifier);
        this.spec = spec;
        this.key = spec.key();
        this.credentials = spec.credentials(key);
    }

    Route route() {
        return route;
    }

    /** {@return the Session of the transport object} */
    Session session() {
        return spec.session();
    }

    /** {@return {@code smtp} or {@code smtps}} */
    String protocol() {
        return spec.protocol();
    }

    /**
     * Proves that the credentials are good: by a session of theirs that lives, or by opening one, which then waits in the
     * pool for the first message, or for {@link #done} when there is to be none.
     *
     * @param refusals told of every attempt that was refused
     * @return a session whose fixed properties may be read, and whether it was opened for this
     * @throws MessagingException a {@link org.resilientmail.failure.MailFailure}
     */
    Proof prove(Consumer<ConnectRefused> refusals) throws MessagingException {
        Optional<String> mistake =
                CommandValues.mistakeInHello(spec.settings().localHost(), spec.session(), spec.protocol());
        if (mistake.isPresent()) {
            throw Outcome.connectFailure(
                    route,
                    Setback.own(
                            OwnFailures.invalidCommand(SmtpPhase.EHLO),
                            mistake.get(),
                            new IllegalArgumentException(mistake.get())),
                    0);
        }
        var known = pool().live(key, account.learned().poolLimits(route.config()), ALIVE_NANOS);
        if (known.isPresent()) {
            return new Proof(known.get(), false);
        }
        Patience patience = new Patience(route, route.deadline());
        while (true) {
            patience.attempting();
            try {
                return proveOnce(patience);
            } catch (NoSession none) {
                none.refused().ifPresent(refusals);
                if (!patience.goesOn(none.setback())) {
                    throw Outcome.connectFailure(route, none.setback(), patience.attempts(none.setback()));
                }
            }
        }
    }

    private Proof proveOnce(Patience patience) throws NoSession {
        if (!patience.outlastsPauseOfAccount()) {
            throw new NoSession(patience.stoppedByPause());
        }
        while (true) {
            Lease<SmtpSession> lease = lease(patience.deadline());
            SmtpSession session = lease.session();
            if (!lease.isReused()
                    || lease.idleNanos() < ALIVE_NANOS
                    || session.isAlive(route.leftUntil(patience.deadline()))) {
                lease.giveBack();
                return new Proof(session, !lease.isReused());
            }
            lease.discard(CloseReason.STALE);
        }
    }

    /** The transport object is closed: what was opened for it alone, and never used, is closed with it. */
    void done(Proof proof) {
        if (proof.opened()) {
            pool().closeUnused(proof.session());
        }
    }

    /** A session for one command of the application's own. */
    Lease<SmtpSession> leaseForCommand(long deadline) throws MessagingException {
        try {
            return lease(deadline);
        } catch (NoSession none) {
            throw Outcome.connectFailure(route, none.setback(), 1);
        }
    }

    /** Leases a session for one attempt. */
    Lease<SmtpSession> lease(long deadline) throws NoSession {
        try (Logins.Attempt login = account.logins().begin(credentials, deadline)) {
            PoolLimits limits = account.learned().poolLimits(route.config());
            Optional<Setback> refusal = login.refusal();
            // A session that lives serves on, whatever was said to the attempt to open another.
            if (refusal.isPresent() && pool().live(key, limits, Long.MAX_VALUE).isEmpty()) {
                throw new NoSession(refusal.get());
            }
            Lease<SmtpSession> lease = pool().lease(
                            key,
                            limits,
                            deadline,
                            nanos -> route.tell(
                                    new DeliveryEvent.Waiting(route.name(), "session", Duration.ofNanos(nanos))),
                            () -> open(spec, login, deadline));
            lease.followedBy(this);
            if (!lease.isReused()) {
                account.opened(lease);
            }
            return lease;
        } catch (NoFreeSession none) {
            throw new NoSession(Setback.own(OwnFailures.noFreeSession(), none.getMessage(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoSession(Setback.own(
                    OwnFailures.interrupted(FailureKind.SESSION_LIMIT), "interrupted while waiting for a session", e));
        }
    }

    private SessionPool<SmtpSession> pool() {
        return account.pool();
    }

    @Override
    public boolean isWelcome() {
        return account.hasRoomForMore() && account.logins().again(credentials).isPresent();
    }

    @Override
    public SmtpSession open() throws NoSession {
        // Its refusal may have come to another thread meanwhile.
        Optional<Logins.Attempt> login = account.logins().again(credentials);
        if (login.isEmpty()) {
            throw new NoSession(
                    Setback.own(OwnFailures.noFreeSession(), "the credentials are not known to be good", null));
        }
        // On a thread of ours the application's socket factory may miss what it needs: that is no reason to go without.
        return open(spec.withoutFallback(), login.get(), route.deadline());
    }

    @Override
    public void opened(Lease<SmtpSession> lease) {
        account.opened(lease);
    }

    /** The senders have their session still: that they could not have one more slows nobody down. */
    @Override
    public void failed(Exception why) {
        if (why instanceof NoSession none) {
            account.learnConcurrency(none.setback());
        }
    }

    private SmtpSession open(ConnectSpec how, Logins.Attempt login, long deadline) throws NoSession {
        // Asked again: it may have been refused to another thread while this one waited for a place.
        Optional<Setback> refusal = login.refusal();
        if (refusal.isPresent()) {
            throw new NoSession(refusal.get());
        }
        try {
            SmtpSession session = SmtpSession.open(how, route.leftUntil(deadline));
            login.accepted();
            return session;
        } catch (ConnectRefused refused) {
            Setback setback = setbackOf(refused, route);
            login.failed(setback, route.config().auth());
            throw new NoSession(setback, refused);
        }
    }

    /** What it means that no session could be opened. */
    static Setback setbackOf(ConnectRefused refused, Route route) {
        Classification meaning = refused.reply()
                .map(reply -> route.classifier().classify(refused.phase(), reply))
                .orElseGet(() -> refused.missing().orElseThrow().classify(refused.phase(), false));
        return new Setback(
                meaning,
                refused.phase(),
                refused.reply(),
                refused.missing(),
                Optional.of(refused.original()),
                refused.returnCode(),
                refused.original().getMessage(),
                false,
                false);
    }

    /**
     * What proves that credentials are good.
     *
     * @param session a session of theirs
     * @param opened whether it was opened as the proof
     */
    record Proof(SmtpSession session, boolean opened) {}

    /** No session could be had, and why. */
    static final class NoSession extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Setback setback;
        private final transient ConnectRefused refused;

        NoSession(Setback setback) {
            this(setback, null);
        }

        NoSession(Setback setback, ConnectRefused refused) {
            super(setback.words(), null, false, false);
            this.setback = setback;
            this.refused = refused;
        }

        Setback setback() {
            return setback;
        }

        /** What the relay said to the attempt to open one, if there was one. */
        Optional<ConnectRefused> refused() {
            return Optional.ofNullable(refused);
        }
    }
}
