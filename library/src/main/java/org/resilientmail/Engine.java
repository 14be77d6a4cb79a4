package org.resilientmail;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.resilientmail.policy.Sleeper;
import org.resilientmail.pool.Housekeeper;

/**
 * What all transports of a class loader share: the accounts with their pools and limits, the listeners, the clock.
 * Thread-safe. Tests make their own, with a clock and a sleeper that do not wait.
 */
final class Engine {

    static final Engine SHARED = new Engine(System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));

    private static final System.Logger LOG = System.getLogger("org.resilientmail");

    private final ConcurrentHashMap<AccountId, Account> accounts = new ConcurrentHashMap<>();
    private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();
    private final ExitHook exitHook = new ExitHook(this::closeAll);
    private final Housekeeper housekeeper =
            new Housekeeper("resilient-mail-housekeeper", exitHook::install, exitHook::remove);
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    Engine(LongSupplier nanoTime, Sleeper sleeper) {
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    LongSupplier clock() {
        return nanoTime;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    Housekeeper housekeeper() {
        return housekeeper;
    }

    /** The account's shared state; made with the first use and kept, because what was learned is kept. */
    Account account(AccountId id) {
        return accounts.computeIfAbsent(id, key -> new Account(key, this));
    }

    void addListener(DeliveryListener listener) {
        if (!listeners.contains(listener)) {
            listeners.add(listener);
        }
    }

    void removeListener(DeliveryListener listener) {
        listeners.remove(listener);
    }

    /** Tells the listeners. Called without a lock held. */
    void tell(DeliveryEvent event) {
        for (DeliveryListener listener : listeners) {
            try {
                listener.on(event);
            } catch (Throwable e) { // whatever it is: a session just opened, or a message just accepted, hangs on us
                warn("a DeliveryListener failed: " + e.getClass().getName());
            }
        }
    }

    void forgetRefusedLogins() {
        accounts.values().forEach(account -> account.logins().forgetRefusals());
    }

    /** Logs a warning; a handler of the application's that throws changes nothing about what it was to be told of. */
    static void warn(String what) {
        try {
            LOG.log(System.Logger.Level.WARNING, what);
        } catch (RuntimeException | Error unloggable) {
            // There is nobody left to tell.
        }
    }

    void closeAll() {
        accounts.values().forEach(account -> account.pool().closeAll());
    }
}
