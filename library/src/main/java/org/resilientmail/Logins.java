package org.resilientmail;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.resilientmail.config.AuthSettings;
import org.resilientmail.smtp.Credentials;

/**
 * What is known of the credentials an account was tried with, so that a relay is not asked again and again for what it
 * refuses: that locks accounts. Two rules. Credentials that were refused for good rest for a time, which grows. And of
 * credentials nobody has seen accepted yet one login is made at a time, or thirty threads would make thirty failed ones
 * at once. Thread-safe.
 */
final class Logins {

    /** Far more than one account has in use; a user with a token for every hour must not fill the memory. */
    private static final int MOST_REMEMBERED = 256;

    private final LongSupplier clock;
    private final Map<Credentials, Standing> standings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Credentials, Standing> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Logins(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Begins what may end in a login. Waits while another thread is the first to try the same credentials.
     *
     * @param credentials what is to be tried; empty where there is no login
     * @param deadline waits no longer than until this time of the clock
     * @return to be closed when the attempt is over, however it ended
     * @throws InterruptedException if interrupted while waiting
     */
    Attempt begin(Optional<Credentials> credentials, long deadline) throws InterruptedException {
        if (credentials.isEmpty()) {
            return new Attempt(new Standing(), null);
        }
        Standing standing;
        First first;
        synchronized (standings) {
            standing = standings.get(credentials.get());
            if (standing == null) {
                standing = new Standing();
                standings.put(credentials.get(), standing);
            }
            if (standing.accepted || standing.refusal(clock.getAsLong()).isPresent()) {
                return new Attempt(standing, null);
            }
            if (standing.first == null) {
                standing.first = new First(Thread.currentThread(), new CountDownLatch(1));
                return new Attempt(standing, standing.first);
            }
            first = standing.first;
        }
        if (first.thread() == Thread.currentThread()) {
            return new Attempt(standing, null); // a listener of ours that sends in its turn
        }
        // One that ended without an answer releases all the others: a relay that hangs is not to be asked one by one.
        // When the deadline comes first, it ends what follows as well, and what follows says so better than we could.
        first.over().await(deadline - clock.getAsLong(), TimeUnit.NANOSECONDS);
        return new Attempt(standing, null);
    }

    /**
     * Begins a login that nobody needs yet: only with what the relay has taken, and not refused since. Never waits, and
     * nobody waits for it.
     *
     * @param credentials what it would be made with; empty where there is no login
     * @return to be closed when the attempt is over; empty when there must not be one
     */
    Optional<Attempt> again(Optional<Credentials> credentials) {
        if (credentials.isEmpty()) {
            return Optional.of(new Attempt(new Standing(), null));
        }
        synchronized (standings) {
            Standing standing = standings.get(credentials.get());
            return standing == null
                            || !standing.accepted
                            || standing.refusal(clock.getAsLong()).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Attempt(standing, null));
        }
    }

    /** Forgets every refusal, so that the next call tries again. */
    void forgetRefusals() {
        synchronized (standings) {
            standings.values().forEach(Standing::forget);
        }
    }

    /** One use of credentials that may come to a login. Used by one thread. */
    final class Attempt implements AutoCloseable {

        private final Standing standing;
        private final First first;

        private Attempt(Standing standing, First first) {
            this.standing = standing;
            this.first = first;
        }

        /** The refusal that stands, as the failure of whoever would try again; empty when a login may be tried. */
        Optional<Setback> refusal() {
            synchronized (standings) {
                return standing.refusal(clock.getAsLong());
            }
        }

        /** The relay took them. */
        void accepted() {
            synchronized (standings) {
                standing.forget();
                standing.accepted = true;
            }
            close();
        }

        /** The relay answered; a refusal for good is remembered. */
        void failed(Setback setback, AuthSettings settings) {
            if (!LoginRefusal.isOne(setback) || settings.initialWait().isZero()) {
                return;
            }
            synchronized (standings) {
                standing.refused(setback, settings, clock.getAsLong());
            }
        }

        @Override
        public void close() {
            if (first == null) {
                return;
            }
            synchronized (standings) {
                if (standing.first == first) {
                    standing.first = null;
                }
            }
            first.over().countDown();
        }
    }

    /** The login the others wait for. */
    private record First(Thread thread, CountDownLatch over) {}

    /** What is known of one set of credentials. Guarded by the map it is in. */
    private static final class Standing {

        private First first;
        private boolean accepted;
        private int refusals;
        private LoginRefusal last;

        Optional<Setback> refusal(long now) {
            return last == null ? Optional.empty() : last.at(now);
        }

        void forget() {
            refusals = 0;
            last = null;
        }

        void refused(Setback setback, AuthSettings settings, long now) {
            accepted = false;
            if (refusal(now).isPresent()) {
                return; // several were on their way; they are one refusal
            }
            refusals++;
            Duration wait = setback.classification().waitHint().orElseGet(() -> grown(settings));
            last = new LoginRefusal(setback, now, now + wait.toNanos());
        }

        private Duration grown(AuthSettings settings) {
            Duration wait = settings.initialWait();
            for (int i = 1; i < refusals && wait.compareTo(settings.maxWait()) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(settings.maxWait()) < 0 ? wait : settings.maxWait();
        }
    }
}
